using System.Collections.Concurrent;
using System.Data;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Storage.Postgres;

/// <summary>A database of PostgreSQL, shared by any number of servers. None of them holds state that matters.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    /// <summary>More readers would not be faster: they would only compete for the cores of the database.</summary>
    const int MaxReaders = 16;

    const int MaxLanes = 8;

    const int MaxLongReads = 4;

    readonly PostgresConnections _connections;
    readonly PostgresPeers _peers;
    readonly PostgresPresence _presence;
    readonly SemaphoreSlim _readers = new(MaxReaders, MaxReaders);
    readonly LongReads _longReads = new(MaxLongReads);
    readonly ConcurrentStack<ReadSession> _idle = new();

    // The row reader of each table, by the table's index.
    readonly ConcurrentDictionary<int, object> _rowReaders = new();

    // The threads of the lane add theirs when they start.
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

    /// <summary>Only the database knows, and it says so when it is written to.</summary>
    public bool HasRoom => true;

    public string BeginSnapshot => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    public TimeProvider ClockOver(TimeProvider machine) => _peers.ClockOver(machine);

    /// <summary>Finds nothing: PostgreSQL's own tools, `pg_amcheck` and checksums, verify what it stores.</summary>
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
            // The session may be in any state, so it is closed. Another one is opened when it is needed.
            session?.Dispose();
            if (!PostgresFailures.IsFailure(failure) || PostgresFailures.IsRefusal(failure)) throw;
            // A read that was cancelled may fail by any exception.
            if (cancellation.IsCancellationRequested)
                throw new OperationCanceledException(failure.Message, failure, cancellation);
            if (PostgresFailures.IsBroken(failure)) ForgetAll();
            throw PostgresFailures.Explain(failure, isCommitting: false);
        }
    }

    /// <summary>Takes an idle session. Null if there is none, or if all of them turned out to be dead.</summary>
    ReadSession? PopIdle()
    {
        while (_idle.TryPop(out var session))
        {
            if (session.Connection.State == ConnectionState.Open) return session;
            session.Dispose();
        }

        return null;
    }

    /// <summary>Drops all connections: the database went away, and most likely every connection with it.</summary>
    void ForgetAll()
    {
        _connections.Forget();
        while (_idle.TryPop(out var session)) session.Dispose();
    }
}
