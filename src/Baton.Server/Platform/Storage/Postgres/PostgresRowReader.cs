using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;
using Npgsql;

namespace Baton.Server.Platform.Storage.Postgres;

/// <summary>
/// Reads rows of one table by key for many callers at once: requests that come while a statement is under way are
/// answered by the next one. So each row is read after it was asked for, and shows every commit that was acknowledged
/// before. Safe for concurrent use.
/// </summary>
internal sealed class PostgresRowReader<TKey, TRow>(PostgresDatabase database, Table<TKey, TRow> table)
    where TKey : notnull, IEquatable<TKey>
    where TRow : class
{
    /// <summary>The most statements that run side by side; with more of them each would read fewer rows.</summary>
    const int MaxStatements = 2;

    const int MaxKeys = 256;

    readonly PostgresTable<TKey, TRow> _statements = new(table);
    readonly Lock _lock = new();

    // Used under _lock. It is bounded by the number of requests that the server works on.
    List<Wanted> _wanted = [];
    int _running;

    public async ValueTask<TRow?> FindAsync(TKey key, CancellationToken cancellation)
    {
        var wanted = new Wanted(key);
        bool starts;
        lock (_lock)
        {
            _wanted.Add(wanted);
            starts = _running < MaxStatements;
            if (starts) _running++;
        }

        if (starts) _ = RunAsync();
        return await wanted.Row.WaitAsync(cancellation);
    }

    async Task RunAsync()
    {
        while (Take() is { } batch)
        {
            try
            {
                var rows = await database.ReadAsync((this, batch), ReadBatchAsync, CancellationToken.None);
                // Those who wait continue on other threads, so the next statement need not wait for them.
                foreach (var wanted in batch) wanted.Answer(rows.GetValueOrDefault(wanted.Key));
            }
            catch (Exception failure)
            {
                foreach (var wanted in batch) wanted.Fail(failure);
            }
        }
    }

    List<Wanted>? Take()
    {
        lock (_lock)
        {
            if (_wanted.Count == 0)
            {
                _running--;
                return null;
            }

            if (_wanted.Count <= MaxKeys)
            {
                var all = _wanted;
                _wanted = [];
                return all;
            }

            var batch = _wanted.GetRange(0, MaxKeys);
            _wanted.RemoveRange(0, MaxKeys);
            return batch;
        }
    }

    static async ValueTask<Dictionary<TKey, TRow>> ReadBatchAsync(
        ReadSession session, (PostgresRowReader<TKey, TRow> Reader, List<Wanted> Batch) work, CancellationToken token)
    {
        var (reader, batch) = work;
        var keys = batch.ConvertAll(wanted => wanted.Key);
        await using var command = new NpgsqlBatch((NpgsqlConnection)session.Connection);
        command.BatchCommands.Add(reader._statements.Select(keys));
        var rows = new Dictionary<TKey, TRow>(batch.Count);
        await using var answer = await command.ExecuteReaderAsync(token);
        while (await answer.ReadAsync(token))
        {
            var row = reader.Read(answer);
            rows[reader.KeyOf(row)] = row;
        }

        return rows;
    }

    TRow Read(NpgsqlDataReader answer) => table.Read(answer);

    TKey KeyOf(TRow row) => table.KeyOf(row);

    sealed class Wanted(TKey key)
    {
        readonly TaskCompletionSource<TRow?> _row = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TKey Key => key;

        public Task<TRow?> Row => _row.Task;

        public void Answer(TRow? row) => _row.TrySetResult(row);

        public void Fail(Exception failure) => _row.TrySetException(failure);
    }
}
