using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;
using Microsoft.Data.Sqlite;

namespace Baton.Server.Platform.Storage.Sqlite;

/// <summary>
/// The lane's connection. Everything is done at once, synchronously, on the lane's own thread. It locks nothing: no
/// other process uses the data directory.
/// </summary>
internal sealed class SqliteLaneSession(SqliteConnection connection, LongReads longReads) : ILaneSession
{
    /// <summary>
    /// Bytes written between two checkpoints. A longer write-ahead log makes reads slower, a shorter one copies the
    /// same pages more often.
    /// </summary>
    const long CheckpointBytes = 128 * 1024 * 1024;

    /// <summary>
    /// If the log has grown to this length in spite of its checkpoints, long reads hold it, of which one begins before
    /// the other ends. New ones then have to wait until all of the log was copied.
    /// </summary>
    const long MaxLogBytes = 512 * 1024 * 1024;

    /// <summary>The bytes that are written between two attempts to copy such a log.</summary>
    const long RetryBytes = 8 * 1024 * 1024;

    const int PageBytes = 4096;

    const int SqliteFull = 13;

    /// <summary>SQLite's error if the index of the log, which is a file of its own, could not grow.</summary>
    const int SqliteIoErrorShmSize = 4874;

    readonly Dictionary<int, IDisposable> _tables = [];
    SqliteTransaction? _transaction;
    long _logBytes;

    // Whether long reads have to wait for a checkpoint.
    bool _isHeld;

    public ReadSession Queries { get; } = new(connection);

    public void Begin(LaneLocks locks)
    {
        _transaction = connection.BeginTransaction(deferred: false);
        Queries.Transaction = _transaction;
    }

    public void Load<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TKey> keys, Action<TKey, TRow?> found)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class
    {
        var statements = StatementsOf(table);
        foreach (var key in keys) found(key, statements.Find(key, _transaction!));
    }

    public void Upsert<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TRow> rows)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class
    {
        var statements = StatementsOf(table);
        Write(rows, statements.Upsert);
    }

    public void Insert<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TRow> rows)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class
    {
        var statements = StatementsOf(table);
        Write(rows, statements.Insert);
    }

    public void Delete<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TKey> keys)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class
    {
        var statements = StatementsOf(table);
        Write(keys, statements.Delete);
    }

    public ValueTask FlushAsync() => default;

    public ValueTask CommitAsync()
    {
        try
        {
            _transaction!.Commit();
        }
        catch (SqliteException failure) when (IsFull(failure))
        {
            throw new StorageFullException("The disk is full.", failure);
        }

        Forget();
        return default;
    }

    public ValueTask RollbackAsync()
    {
        try
        {
            _transaction?.Rollback();
        }
        catch (SqliteException) when (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) != 0)
        {
            // A COMMIT that found the disk full has rolled back by itself. ADO.NET's transaction does not know, and
            // holds the connection until a ROLLBACK succeeds: so there has to be something to roll back.
            SqliteConnections.Begin(connection);
            _transaction!.Rollback();
        }
        finally
        {
            Forget();
        }

        return default;
    }

    public void Tidy(bool isFull)
    {
        if (_logBytes < (_isHeld ? RetryBytes : CheckpointBytes) && !isFull) return;
        _logBytes = 0;
        try
        {
            // RESTART would wait for readers; PASSIVE copies what it can, and the next commit starts the log anew
            // once all of it was copied.
            Hold(Checkpoint());
        }
        catch (SqliteException failure) when (IsFull(failure))
        {
            // The checkpoint is tried again when as many bytes more were written. The log keeps everything meanwhile.
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A lane that gave up has left its transaction open. Without a rollback the connection could not be closed.
        if (_transaction is not null) await RollbackAsync();
        foreach (var table in _tables.Values) table.Dispose();
        Queries.Dispose();
    }

    /// <summary>
    /// Copies the part of the log that no reader needs. True if the log is too long and could not be copied as a whole.
    /// </summary>
    bool Checkpoint()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        using var reader = command.ExecuteReader();
        reader.Read();
        var (pages, copied) = (reader.GetInt64(1), reader.GetInt64(2));
        return copied < pages && pages * PageBytes > MaxLogBytes;
    }

    void Hold(bool isHeld)
    {
        if (isHeld == _isHeld) return;
        _isHeld = isHeld;
        if (isHeld) longReads.Pause();
        else longReads.Resume();
    }

    void Write<T>(IReadOnlyList<T> items, Func<T, long> write)
    {
        try
        {
            foreach (var item in items) _logBytes += write(item);
        }
        catch (SqliteException failure) when (IsFull(failure))
        {
            throw new StorageFullException("The disk is full.", failure);
        }
    }

    static bool IsFull(SqliteException failure) =>
        failure.SqliteErrorCode == SqliteFull || failure.SqliteExtendedErrorCode == SqliteIoErrorShmSize;

    SqliteTable<TKey, TRow> StatementsOf<TKey, TRow>(Table<TKey, TRow> table)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class
    {
        if (_tables.TryGetValue(table.Index, out var known)) return (SqliteTable<TKey, TRow>)known;
        var statements = new SqliteTable<TKey, TRow>(connection, table);
        _tables.Add(table.Index, statements);
        return statements;
    }

    void Forget()
    {
        _transaction?.Dispose();
        _transaction = null;
        Queries.Transaction = null;
    }
}
