using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;
using Npgsql;
using NpgsqlTypes;

namespace Baton.Server.Platform.Storage.Postgres;

/// <summary>
/// A lane's connection. Statements are collected and sent together: a batch is three exchanges (locks and rows, rows
/// named by rows, changes and COMMIT), each waited for on the lane's own thread.
/// </summary>
internal sealed class PostgresLaneSession(PostgresConnections connections) : ILaneSession
{
    readonly Dictionary<int, object> _tables = [];
    readonly List<NpgsqlBatchCommand> _statements = [];

    // What reads the answers of the statements that answer rows, in the order of the statements.
    readonly Queue<Action<NpgsqlDataReader>> _answers = new();
    NpgsqlConnection? _connection;

    // Whether PostgreSQL has sent a warning while the last statements ran.
    bool _isWarned;
    ReadSession? _queries;

    public ReadSession Queries => _queries ?? throw new InvalidOperationException("Nothing was flushed before.");

    public void Begin(LaneLocks locks)
    {
        Add(new NpgsqlBatchCommand("BEGIN"));
        if (locks.Names.Count > 0)
        {
            foreach (var name in locks.Names)
            {
                // The lock has a key space of its own, because other software may use the same database.
                var command = new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock($1, hashtext($2))");
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PostgresPeers.LockSpace });
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
                Add(command, _ => { });
            }
        }

        // The rows are locked in the order of their ids, which is the same on every server, so that there is no
        // deadlock.
        var ids = new NpgsqlBatchCommand(
            "SELECT 1 FROM workspace WHERE workspace_id = ANY ($1) ORDER BY workspace_id FOR NO KEY UPDATE");
        ids.Parameters.Add(new NpgsqlParameter<string[]>
        {
            TypedValue = [.. locks.WorkspaceIds],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
        });
        Add(ids, _ => { });
    }

    public void Load<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TKey> keys, Action<TKey, TRow?> found)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class
    {
        var missing = new HashSet<TKey>(keys);
        Add(TableOf(table).Select(keys), reader =>
        {
            while (reader.Read())
            {
                var row = table.Read(reader);
                missing.Remove(table.KeyOf(row));
                found(table.KeyOf(row), row);
            }

            foreach (var key in missing) found(key, null);
        });
    }

    public void Upsert<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TRow> rows)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class => Add(TableOf(table).Upsert(rows));

    public void Insert<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TRow> rows)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class => Add(TableOf(table).Insert(rows));

    public void Delete<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TKey> keys)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class => Add(TableOf(table).Delete(keys));

    public ValueTask FlushAsync()
    {
        Flush(isCommitting: false);
        return default;
    }

    public ValueTask CommitAsync()
    {
        Add(new NpgsqlBatchCommand("COMMIT"));
        Flush(isCommitting: true);
        return default;
    }

    public ValueTask RollbackAsync()
    {
        _statements.Clear();
        _answers.Clear();
        if (_connection is null) return default;
        try
        {
            using var rollback = new NpgsqlCommand("ROLLBACK", _connection);
            rollback.ExecuteNonQuery();
        }
        catch (Exception failure) when (PostgresFailures.IsFailure(failure) || failure is InvalidOperationException)
        {
            // The connection is closed: the database then ends its transaction.
            Close();
        }

        return default;
    }

    public void Tidy(bool isFull)
    {
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return default;
    }

    void Add(NpgsqlBatchCommand statement, Action<NpgsqlDataReader>? answer = null)
    {
        _statements.Add(statement);
        if (answer is not null) _answers.Enqueue(answer);
    }

    void Flush(bool isCommitting)
    {
        if (_statements.Count == 0) return;
        try
        {
            EnsureOpen();
        }
        catch (Exception failure) when (PostgresFailures.IsFailure(failure))
        {
            // Nothing was sent yet, so there is nothing to roll back.
            Close();
            throw PostgresFailures.Explain(failure, isCommitting: false);
        }

        try
        {
            _isWarned = false;
            Send();
        }
        catch (Exception failure) when (PostgresFailures.IsFailure(failure))
        {
            if (PostgresFailures.IsBroken(failure)) Close();
            throw PostgresFailures.Explain(failure, isCommitting);
        }

        if (isCommitting && _isWarned) RefuseWarnedCommit();
    }

    /// <summary>
    /// Refuses a COMMIT that came with a warning. PostgreSQL answers so if it stopped waiting for the standby: the
    /// commit is then less durable than promised, and must not be acknowledged.
    /// </summary>
    void RefuseWarnedCommit()
    {
        Close();
        throw new StorageUnavailableException("PostgreSQL committed with a warning: its standby may not have it.")
        {
            IsOutcomeUnknown = true,
        };
    }

    void Send()
    {
        using var batch = new NpgsqlBatch(_connection);
        foreach (var statement in _statements) batch.BatchCommands.Add(statement);
        _statements.Clear();
        using var reader = batch.ExecuteReader();
        while (_answers.TryDequeue(out var answer))
        {
            answer(reader);
            reader.NextResult();
        }
    }

    void EnsureOpen()
    {
        if (_connection is not null) return;
        _connection = connections.OpenLane();
        // The messages, and the names of severities, are translated. Only the invariant severity is not.
        _connection.Notice += (_, notice) => _isWarned |= notice.Notice.InvariantSeverity == "WARNING";
        _queries = new ReadSession(_connection, prepares: false);
    }

    void Close()
    {
        connections.Forget();
        // Disposes the connection too.
        _queries?.Dispose();
        (_connection, _queries) = (null, null);
    }

    PostgresTable<TKey, TRow> TableOf<TKey, TRow>(Table<TKey, TRow> table)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class
    {
        if (_tables.TryGetValue(table.Index, out var known)) return (PostgresTable<TKey, TRow>)known;
        var statements = new PostgresTable<TKey, TRow>(table);
        _tables.Add(table.Index, statements);
        return statements;
    }
}
