using Baton.Server.Platform.Storage.Copying;
using Baton.Server.Platform.Storage.Readers;
using Microsoft.Data.Sqlite;

namespace Baton.Server.Platform.Storage.Sqlite;

/// <summary>
/// An embedded store to be copied into. Holds the directory's lock. The copy grows in a file of its own, which is the
/// mark as well, and takes its place by a rename.
/// </summary>
internal sealed class SqliteCopyTarget : ICopyTarget
{
    /// <summary>
    /// The rows that one transaction writes. Without a journal a larger one would be no faster, and would hold more
    /// pages in memory.
    /// </summary>
    const int RowsPerTransaction = 50_000;

    readonly DataDirectory _directory;
    readonly string _path;
    readonly string _draft;
    SqliteConnection? _connection;
    ReadSession? _session;

    SqliteCopyTarget(DataDirectory directory)
    {
        _directory = directory;
        _path = SqliteFiles.PathIn(directory.Path);
        _draft = SqliteFiles.CopyOf(_path);
    }

    /// <summary>Throws a refusal, with nothing touched but an empty directory made.</summary>
    public static async Task<SqliteCopyTarget> OpenAsync(string dataDirectory, CancellationToken cancellation)
    {
        var target = new SqliteCopyTarget(DataDirectory.Open(dataDirectory));
        try
        {
            await target.RequireEmptyAsync(cancellation);
            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    public string Name => _directory.Path;

    public ValueTask BeginAsync(CancellationToken cancellation)
    {
        SqliteFiles.CreateDraft(_draft);
        OpenSession(SqliteConnections.OpenToFill(_draft));
        return default;
    }

    public ValueTask<IRowWriter> WriteAsync(StoredTable table, CancellationToken cancellation) =>
        new(new Writer(_connection!, table));

    public ValueTask LoadedAsync(CancellationToken cancellation) => default;

    public ValueTask FinishAsync(CancellationToken cancellation)
    {
        SqliteConnections.Execute(_connection!, "PRAGMA journal_mode = WAL");
        CloseSession();
        using (var file = new FileStream(_draft, FileMode.Open, FileAccess.ReadWrite)) file.Flush(flushToDisk: true);
        // The target was an empty database with a log. This log must not be taken for the log of the copy.
        foreach (var leftover in new[] { "-wal", "-shm" }) File.Delete(_path + leftover);
        SqliteFiles.Rename(_draft, _path);
        return default;
    }

    public ValueTask<T> ReadAsync<TState, T>(
        TState state,
        Func<ReadSession, TState, CancellationToken, ValueTask<T>> read,
        CancellationToken cancellation) =>
        read(_session!, state, cancellation);

    public ValueTask DisposeAsync()
    {
        CloseSession();
        _directory.Dispose();
        return default;
    }

    async ValueTask RequireEmptyAsync(CancellationToken cancellation)
    {
        SqliteFiles.RefuseOrphanedLog(_path);
        if (!File.Exists(_path)) return;
        SqliteFiles.RequireNewest(_path);
        OpenSession(SqliteConnections.OpenReader(_path));
        if (await DatabaseCopy.FindFilledAsync(this, cancellation) is { } table)
            throw new DatabaseRefusedException(
                $"{_path} is not empty: its table {table} has rows. Copy into a directory without a database.");
        CloseSession();
    }

    void OpenSession(SqliteConnection connection) =>
        (_connection, _session) = (connection, new ReadSession(connection));

    void CloseSession()
    {
        // Disposes the connection too.
        _session?.Dispose();
        (_connection, _session) = (null, null);
    }

    sealed class Writer : IRowWriter
    {
        readonly SqliteConnection _connection;
        readonly SqliteStatement _insert;
        int _rows;

        public Writer(SqliteConnection connection, StoredTable table)
        {
            _connection = connection;
            var values = string.Join(", ", table.Columns.Select(_ => "?"));
            _insert = new SqliteStatement(
                connection, $"INSERT INTO {table.Name} ({table.ColumnNames}) VALUES ({values})");
            SqliteConnections.Execute(_connection, "BEGIN");
        }

        public void Text(int column, string? value) => _insert.Text(column, value);

        public void Integer(int column, long? value) => _insert.Integer(column, value);

        public void Bytes(int column, byte[]? value) => _insert.Bytes(column, value);

        public void EndRow()
        {
            _insert.Execute();
            if (++_rows % RowsPerTransaction != 0) return;
            SqliteConnections.Execute(_connection, "COMMIT");
            SqliteConnections.Execute(_connection, "BEGIN");
        }

        public ValueTask CompleteAsync(CancellationToken cancellation)
        {
            SqliteConnections.Execute(_connection, "COMMIT");
            return default;
        }

        public ValueTask DisposeAsync()
        {
            _insert.Dispose();
            return default;
        }
    }
}
