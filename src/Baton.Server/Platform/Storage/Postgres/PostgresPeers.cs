using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Baton.Server.Platform.Storage.Postgres;

/// <summary>
/// The servers on one database. They tell each other of commits by NOTIFY, sent after the commit from a connection of
/// its own: inside it, all commits of the database would wait for each other. A notice that is lost costs a second.
/// </summary>
internal sealed class PostgresPeers(PostgresConnections connections, bool listens) : IPeers, IDisposable
{
    /// <summary>
    /// "BATN": the first half of every advisory lock of Baton, so that its locks are not those of other software.
    /// </summary>
    public const int LockSpace = 0x4241544E;

    const int LeaderLock = 2;
    const int DeadlineSeconds = 5;
    const string Channel = "baton";

    static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Once the clock is set, an answer that takes longer than this is not used: it says too little about the time.
    /// </summary>
    static readonly TimeSpan s_usefulAnswer = TimeSpan.FromMilliseconds(50);

    // The workspaces that the others are to be told of; each is there once, however many commits it has.
    readonly ConcurrentDictionary<string, byte> _news = new();
    readonly SemaphoreSlim _hasNews = new(initialCount: 0, maxCount: 1);

    // The clocks that follow the database's, and how far that is ahead of the machine's; null: it was not asked yet.
    readonly ConcurrentBag<DatabaseClock> _clocks = [];
    TimeSpan? _ahead;

    public TimeProvider ClockOver(TimeProvider machine)
    {
        var clock = new DatabaseClock(machine, _ahead ?? TimeSpan.Zero);
        _clocks.Add(clock);
        return clock;
    }

    public void Tell(string workspaceId)
    {
        if (!_news.TryAdd(workspaceId, 0) || _hasNews.CurrentCount > 0) return;
        try
        {
            _hasNews.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another thread was faster: the clock is set already.
        }
    }

    public async Task ListenAsync(Action<string> heard, CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] tasks = listens
            ? [UntilCancelledAsync(TellAsync, both.Token),
                UntilCancelledAsync(token => HearAsync(heard, token), both.Token)]
            : [UntilCancelledAsync(TellAsync, both.Token)];
        // Each of them ends only when the server stops, or by a fault. A fault must be reported without waiting for the
        // other.
        await Task.WhenAny(tasks);
        await both.CancelAsync();
        await Task.WhenAll(tasks);
    }

    public Task RunAloneAsync(Func<CancellationToken, Task> work, CancellationToken cancellation) =>
        UntilCancelledAsync(token => LeadAsync(work, token), cancellation);

    public async ValueTask SetClockAsync(CancellationToken cancellation)
    {
        await using var connection = await connections.OpenReaderAsync(cancellation);
        await using var command = new NpgsqlCommand(
            "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint", connection);
        // The first answer may have waited for the connection, so it is not used.
        await command.ExecuteScalarAsync(cancellation);
        var before = TimeProvider.System.GetUtcNow();
        var micros = Convert.ToInt64(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
        var after = TimeProvider.System.GetUtcNow();
        if (_ahead is not null && after - before > s_usefulAnswer) return;
        var ahead = DateTimeOffset.UnixEpoch.AddTicks(micros * 10) - (before + ((after - before) / 2));
        _ahead = ahead;
        foreach (var clock in _clocks) clock.Set(ahead);
    }

    public void Dispose() => _hasNews.Dispose();

    async Task TellAsync(CancellationToken cancellation)
    {
        await using var connection = await connections.OpenOtherAsync(cancellation);
        await using var command = new NpgsqlCommand(
            $"SELECT pg_notify('{Channel}', id) FROM unnest($1) AS news (id)", connection);
        var ids = new NpgsqlParameter<string[]>
        {
            TypedValue = [],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
        };
        command.Parameters.Add(ids);
        while (true)
        {
            await _hasNews.WaitAsync(cancellation);
            var news = _news.Keys.ToArray();
            // The news is removed before it is sent, so that a commit that comes from here on is told again.
            foreach (var id in news) _news.TryRemove(id, out _);
            ids.TypedValue = news;
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    async Task HearAsync(Action<string> heard, CancellationToken cancellation)
    {
        await using var connection = await connections.OpenOtherAsync(cancellation);
        connection.Notification += (_, notice) => heard(notice.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancellation);
        while (true) await connection.WaitAsync(cancellation);
    }

    /// <summary>
    /// Tries to take the lock again and again instead of waiting for it: a statement that waits would hold up vacuum in
    /// the whole database.
    /// </summary>
    async Task LeadAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        await using var connection = await connections.OpenOtherAsync(cancellation);
        while (!await AskAsync(
            connection, $"SELECT pg_try_advisory_lock({LockSpace}, {LeaderLock})", cancellation))
            await Task.Delay(s_again, cancellation);

        using var leading = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var working = work(leading.Token);
        try
        {
            while (!working.IsCompleted)
            {
                await Task.WhenAny(working, Task.Delay(s_again, cancellation));
                cancellation.ThrowIfCancellationRequested();
                // The lock is held as long as the connection lives, so it is enough to see that the connection answers.
                await AskAsync(connection, "SELECT true", cancellation);
            }
        }
        finally
        {
            await leading.CancelAsync();
            await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // A fault of the work itself is thrown to whoever asked for it.
        await working;
    }

    /// <summary>
    /// Asks within the deadline, which is the command's own. A question that was left behind would go on beside the
    /// closing of its connection, and both would wait for the one answer for ever.
    /// </summary>
    static async Task<bool> AskAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = DeadlineSeconds };
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>Repeats the work, a second after the database has failed it, until it is cancelled.</summary>
    static async Task UntilCancelledAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await work(cancellation);
            }
            catch (Exception failure) when (PostgresFailures.IsFailure(failure))
            {
                // Notices that get lost meanwhile do no harm: a look at all heads each second finds their commits. A
                // command that was cancelled may fail by any exception.
                cancellation.ThrowIfCancellationRequested();
            }

            await Task.Delay(s_again, cancellation);
        }
    }
}
