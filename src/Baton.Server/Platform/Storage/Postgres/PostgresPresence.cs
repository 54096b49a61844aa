using Npgsql;

namespace Baton.Server.Platform.Storage.Postgres;

/// <summary>
/// Says on the database that a server uses it: an advisory lock, held shared by each server for as long as it lives and
/// by whoever needs the database alone, to copy it, exclusively. Ends with the session, however that ends.
/// </summary>
/// <remarks>
/// A server that lost its session takes the lock again when it can. Meanwhile, and whatever else happens, a copy is
/// safe because it also locks the table that every commit locks rows of.
/// </remarks>
internal sealed class PostgresPresence : IAsyncDisposable
{
    /// <summary>The second half of the advisory lock; the first says that it is Baton's.</summary>
    const int PresenceLock = 3;

    static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(5);

    readonly PostgresConnections _connections;
    readonly CancellationTokenSource _ending = new();
    readonly Task _keeping;

    PostgresPresence(PostgresConnections connections, NpgsqlConnection session)
    {
        _connections = connections;
        _keeping = KeepAsync(session, _ending.Token);
    }

    /// <summary>
    /// Takes the lock for a server. Throws <see cref="DatabaseRefusedException"/> while the database is copied.
    /// </summary>
    public static async Task<PostgresPresence> ShareAsync(
        PostgresConnections connections, CancellationToken cancellation)
    {
        var session = await connections.OpenOtherAsync(cancellation);
        try
        {
            return await TryLockAsync(session, "pg_try_advisory_lock_shared", cancellation)
                ? new PostgresPresence(connections, session)
                : throw new DatabaseRefusedException(
                    $"The database {connections.Name} is just being copied. Start again when that has ended.");
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Takes the lock for a copy, for as long as its session lives; throws a refusal if servers hold it.
    /// </summary>
    public static async Task TakeAloneAsync(
        PostgresConnections connections, NpgsqlConnection session, CancellationToken cancellation)
    {
        if (!await TryLockAsync(session, "pg_try_advisory_lock", cancellation))
            throw new DatabaseRefusedException(
                $"The database {connections.Name} is in use by a Baton server, or by another copy. Stop all of them.");
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    async Task KeepAsync(NpgsqlConnection? session, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await Task.Delay(s_again, cancellation);
                session = await RenewAsync(session, cancellation);
            }
        }
        finally
        {
            if (session is not null) await session.DisposeAsync();
        }
    }

    /// <summary>The same session if it still answers, else another one; null if there is none now.</summary>
    async Task<NpgsqlConnection?> RenewAsync(NpgsqlConnection? session, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(s_deadline);
        try
        {
            if (session is not null)
            {
                await using var ask = new NpgsqlCommand("SELECT 1", session);
                await ask.ExecuteScalarAsync(deadline.Token);
                return session;
            }

            session = await _connections.OpenOtherAsync(deadline.Token);
            if (await TryLockAsync(session, "pg_try_advisory_lock_shared", deadline.Token)) return session;
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // After any failure it is tried again in a second: nobody would notice if this task ended.
        }

        if (session is not null) await session.DisposeAsync();
        return null;
    }

    static async Task<bool> TryLockAsync(NpgsqlConnection session, string function, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT {function}({PostgresPeers.LockSpace}, {PresenceLock})", session);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }
}
