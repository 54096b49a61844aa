using System.Collections.Concurrent;
using System.Data;

namespace Baton.Server.Platform.Storage.Postgres;

/// <summary>A database of PostgreSQL, shared by any number of servers. None of them holds state that matters.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    /// <summary>More would only switch between each other on the database's cores.</summary>
    const int MaxReaders = 16;

    const int MaxLanes = 8;

    const int MaxLongReads = 4;

    readonly PostgresConnections _connections;
    readonly PostgresPeers _peers;
    readonly PostgresPresence _presence;
    readonly SemaphoreSlim _readers = new(MaxReaders, MaxReaders);
    readonly LongReads _longReads = new(MaxLongReads);
    readonly ConcurrentStack<ReadSession> _idle = new();

    // By table.
    readonly ConcurrentDictionary<int, object> _rowReaders = new();

    // Added to by the lane's threads when they start.
    readonly ConcurrentBag<PostgresLaneSession> _lanes = [];

    PostgresDatabase(PostgresConnections connections, PostgresPresence presence, bool listens)
    {
        _connections = connections;
        _presence = presence;
        _peers = new PostgresPeers(connections, listens);
    }

    /// <summary>
    /// Connects, and makes or migrates the tables. Throws <see cref="DatabaseRefusedException"/> for a database that
    /// cannot keep the promises, with nothing touched.
    /// </summary>
    /// <param name="setting">`postgres://…`, or Npgsql's keywords.</param>
    /// <param name="listens">Whether notices of other servers are listened to, besides looking once a second.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<PostgresDatabase> OpenAsync(string setting, bool listens, CancellationToken cancellation)
    {
        var connections = new PostgresConnections(setting);
        PostgresPresence? presence = null;
        try
        {
            presence = await PostgresPresence.ShareAsync(connections, cancellation);
            await PostgresSchema.PrepareAsync(connections, cancellation);
            var database = new PostgresDatabase(connections, presence, listens);
            await database._peers.SetClockAsync(cancellation);
            return database;
        }
        catch (Exception failure)
        {
            if (presence is not null) await presence.DisposeAsync();
            await connections.DisposeAsync();
            if (PostgresFailures.IsFailure(failure))
                throw new StorageUnavailableException(
                    $"The database {connections.Name} cannot be used: {PostgresFailures.ReasonOf(failure)}", failure);
            throw;
        }
    }

    public int LaneCount => MaxLanes;

    public int ReaderCount => MaxReaders;

    public IPeers Peers => _peers;

    /// <summary>Only the database can tell, and it does when it is written to.</summary>
    public bool HasRoom => true;

    public string BeginSnapshot => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    public TimeProvider ClockOver(TimeProvider machine) => _peers.ClockOver(machine);

    /// <summary>Nothing: what PostgreSQL stores is for its own tools, `pg_amcheck` and checksums, to verify.</summary>
    public ValueTask<List<string>> FindDamageAsync(CancellationToken cancellation) => new([]);

    public ILaneSession OpenLane()
    {
        var lane = new PostgresLaneSession(_connections);
        _lanes.Add(lane);
        return lane;
    }

    public ValueTask<TRow?> FindAsync<TKey, TRow>(Rows<TKey, TRow> rows, TKey key, CancellationToken cancellation)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class
    {
        var reader = _rowReaders.GetOrAdd(
            rows.Table.Index, static (_, known) => new PostgresRowReader<TKey, TRow>(known.Item1, known.Table),
            (this, rows.Table));
        return ((PostgresRowReader<TKey, TRow>)reader).FindAsync(key, cancellation);
    }

    public ValueTask<IDisposable> EnterLongReadAsync(CancellationToken cancellation) =>
        _longReads.EnterAsync(cancellation);

    public async ValueTask<T> ReadAsync<TState, T>(
        TState state, Func<ReadSession, TState, CancellationToken, ValueTask<T>> read, CancellationToken cancellation)
    {
        await _readers.WaitAsync(cancellation);
        try
        {
            return await ReadWithAsync(state, read, cancellation);
        }
        finally
        {
            _readers.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_idle.TryPop(out var session)) session.Dispose();
        foreach (var lane in _lanes) await lane.DisposeAsync();
        _peers.Dispose();
        _readers.Dispose();
        await _presence.DisposeAsync();
        _longReads.Dispose();
        await _connections.DisposeAsync();
    }

    async ValueTask<T> ReadWithAsync<TState, T>(
        TState state, Func<ReadSession, TState, CancellationToken, ValueTask<T>> read, CancellationToken cancellation)
    {
        ReadSession? session = null;
        try
        {
            session = PopIdle() ?? new ReadSession(
                await _connections.OpenReaderAsync(cancellation), prepares: false);
            var result = await read(session, state, cancellation);
            _idle.Push(session);
            return result;
        }
        catch (Exception failure)
        {
            // Whatever state it is in: another is opened when it is needed.
            session?.Dispose();
            if (!PostgresFailures.IsFailure(failure) || PostgresFailures.IsRefusal(failure)) throw;
            // What was broken off fails in one way or another.
            if (cancellation.IsCancellationRequested)
                throw new OperationCanceledException(failure.Message, failure, cancellation);
            if (PostgresFailures.IsBroken(failure)) ForgetAll();
            throw PostgresFailures.Explain(failure, isCommitting: false);
        }
    }

    /// <summary>Null when there is none, but those that were found dead while nobody used them.</summary>
    ReadSession? PopIdle()
    {
        while (_idle.TryPop(out var session))
        {
            if (session.Connection.State == ConnectionState.Open) return session;
            session.Dispose();
        }

        return null;
    }

    /// <summary>The database went away, and with it, most likely, every connection.</summary>
    void ForgetAll()
    {
        _connections.Forget();
        while (_idle.TryPop(out var session)) session.Dispose();
    }
}
