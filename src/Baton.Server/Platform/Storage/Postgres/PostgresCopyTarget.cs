using Baton.Server.Platform.Storage.Copying;
using Baton.Server.Platform.Storage.Readers;
using Npgsql;
using NpgsqlTypes;

namespace Baton.Server.Platform.Storage.Postgres;

/// <summary>
/// A database of PostgreSQL to be copied into: in one transaction, so that it is either empty or whole. The mark, a
/// table, is committed before it and dropped in it.
/// </summary>
internal sealed class PostgresCopyTarget(PostgresCopySession session) : ICopyTarget
{
    /// <summary>Throws a refusal, with nothing touched but tables made in an empty database.</summary>
    public static async Task<PostgresCopyTarget> OpenAsync(string setting, CancellationToken cancellation)
    {
        var target = new PostgresCopyTarget(
            await PostgresCopySession.OpenAsync(setting, makesTables: true, cancellation));
        try
        {
            if (await DatabaseCopy.FindFilledAsync(target, cancellation) is { } table)
                throw new DatabaseRefusedException(
                    $"{target.Name} is not empty: its table {table} has rows. Copy into a new database.");
            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    public string Name => session.Name;

    public async ValueTask BeginAsync(CancellationToken cancellation)
    {
        await PostgresSchema.MarkCopyAsync(session.Connection, isCopying: true, cancellation);
        await session.BeginAsync("READ COMMITTED", cancellation);
        // The tables are truncated though they are empty. That gives back the space that an unfinished copy left
        // behind, and rows can then be written as frozen, so that no vacuum has to write them again.
        var names = string.Join(", ", StoredTable.All.Select(table => table.Name));
        await session.ExecuteAsync($"TRUNCATE {names}", cancellation);
    }

    public async ValueTask<IRowWriter> WriteAsync(StoredTable table, CancellationToken cancellation) =>
        new Writer(await session.Connection.BeginBinaryImportAsync(
            $"COPY {table.Name} ({table.ColumnNames}) FROM STDIN (FORMAT BINARY, FREEZE true)", cancellation));

    public async ValueTask LoadedAsync(CancellationToken cancellation)
    {
        foreach (var table in StoredTable.All) await session.ExecuteAsync($"ANALYZE {table.Name}", cancellation);
    }

    public async ValueTask FinishAsync(CancellationToken cancellation)
    {
        await PostgresSchema.MarkCopyAsync(session.Connection, isCopying: false, cancellation);
        await session.ExecuteAsync("COMMIT", cancellation);
    }

    public ValueTask<T> ReadAsync<TState, T>(
        TState state,
        Func<ReadSession, TState, CancellationToken, ValueTask<T>> read,
        CancellationToken cancellation) =>
        session.ReadAsync(state, read, cancellation);

    public ValueTask DisposeAsync() => session.DisposeAsync();

    /// <summary>
    /// Writes rows into Npgsql's buffer. When the buffer is full, the calling thread waits for the database.
    /// </summary>
    sealed class Writer(NpgsqlBinaryImporter importer) : IRowWriter
    {
        public void Text(int column, string? value)
        {
            Start(column);
            if (value is null) importer.WriteNull();
            else importer.Write(value, NpgsqlDbType.Text);
        }

        public void Integer(int column, long? value)
        {
            Start(column);
            if (value is null) importer.WriteNull();
            else importer.Write(value.Value, NpgsqlDbType.Bigint);
        }

        public void Bytes(int column, byte[]? value)
        {
            Start(column);
            if (value is null) importer.WriteNull();
            else importer.Write(value, NpgsqlDbType.Bytea);
        }

        public void EndRow()
        {
        }

        public async ValueTask CompleteAsync(CancellationToken cancellation) =>
            await importer.CompleteAsync(cancellation);

        public ValueTask DisposeAsync() => importer.DisposeAsync();

        void Start(int column)
        {
            if (column == 0) importer.StartRow();
        }
    }
}
