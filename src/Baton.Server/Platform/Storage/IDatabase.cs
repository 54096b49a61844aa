using System.Data.Common;

namespace Baton.Server.Platform.Storage;

/// <summary>The store behind one server: its only writer is the lane, its readers are pooled.</summary>
internal interface IDatabase : IAsyncDisposable
{
    /// <summary>Opens the one session that writes. Called once, by the lane.</summary>
    ILaneSession OpenLane();

    /// <summary>Whether there is room for a few writes, as far as that can be told without writing.</summary>
    bool HasRoom { get; }

    /// <summary>The statement that begins a read whose statements all see the same snapshot.</summary>
    string BeginSnapshot { get; }

    /// <summary>
    /// Runs a read on a pooled connection that sees everything acknowledged before the call. The read is one
    /// snapshot only if it is one statement. Waits when all connections are busy.
    /// </summary>
    ValueTask<T> ReadAsync<TState, T>(
        TState state, Func<ReadSession, TState, CancellationToken, ValueTask<T>> read, CancellationToken cancellation);
}

/// <summary>Reads of several statements.</summary>
internal static class DatabaseExtensions
{
    /// <summary>As <see cref="IDatabase.ReadAsync"/>, but all statements of the read see the same snapshot.</summary>
    public static ValueTask<T> ReadSnapshotAsync<TState, T>(
        this IDatabase database,
        TState state,
        Func<ReadSession, TState, CancellationToken, ValueTask<T>> read,
        CancellationToken cancellation) =>
        database.ReadAsync((state, read, database.BeginSnapshot), static async (session, work, token) =>
        {
            await session.Command(work.BeginSnapshot).ExecuteNonQueryAsync(token);
            try
            {
                return await work.read(session, work.state, token);
            }
            finally
            {
                await session.Command("COMMIT").ExecuteNonQueryAsync(CancellationToken.None);
            }
        }, cancellation);
}

/// <summary>The lane's transaction. Owned by the lane's thread; nobody else calls it.</summary>
internal interface ILaneSession : IAsyncDisposable
{
    void Begin();

    /// <summary>Gives <paramref name="found"/> every key with its row, or null where there is none.</summary>
    ValueTask LoadAsync<TKey, TRow>(Table<TKey, TRow> table, List<TKey> keys, Action<TKey, TRow?> found)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class;

    ValueTask UpsertAsync<TKey, TRow>(Table<TKey, TRow> table, List<TRow> rows)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class;

    /// <summary>Adds rows that are known to be new.</summary>
    ValueTask InsertAsync<TKey, TRow>(Table<TKey, TRow> table, List<TRow> rows)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class;

    ValueTask DeleteAsync<TKey, TRow>(Table<TKey, TRow> table, List<TKey> keys)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class;

    /// <summary>A session for queries inside the transaction.</summary>
    ReadSession Queries { get; }

    /// <summary>Returns when the transaction is durable.</summary>
    ValueTask CommitAsync();

    /// <summary>Gives up the transaction, whatever state it is in.</summary>
    ValueTask RollbackAsync();

    /// <summary>Work between batches that must not delay an acknowledgement: checkpoints.</summary>
    /// <param name="isFull">The disk is full: whatever makes room for a deletion is worth doing now.</param>
    void Tidy(bool isFull);
}

/// <summary>The disk has no room: nothing of the transaction was kept, and reads go on.</summary>
internal sealed class StorageFullException(string message, Exception inner) : Exception(message, inner);

/// <summary>A connection with its prepared commands. Used by one caller at a time.</summary>
internal sealed class ReadSession(DbConnection connection) : IDisposable
{
    readonly Dictionary<string, DbCommand> _commands = new(ReferenceEqualityComparer.Instance);

    /// <summary>Set by the lane while its transaction is open: ADO.NET wants it on every command.</summary>
    public DbTransaction? Transaction { get; set; }

    public DbConnection Connection => connection;

    /// <summary>
    /// The prepared command of an SQL text, with its parameters set in the order in which the text names them.
    /// The text must be a constant: commands are kept by it for the connection's life.
    /// </summary>
    public DbCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = value ?? DBNull.Value;
                command.Parameters.Add(parameter);
            }

            command.Transaction = Transaction;
            command.Prepare();
            _commands.Add(sql, command);
            return command;
        }

        command.Transaction = Transaction;
        for (var index = 0; index < parameters.Length; index++)
            command.Parameters[index].Value = parameters[index].Value ?? DBNull.Value;
        return command;
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
        connection.Dispose();
    }
}
