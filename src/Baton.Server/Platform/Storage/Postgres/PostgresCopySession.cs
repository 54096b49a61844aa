using Baton.Server.Platform.Storage.Readers;
using Npgsql;

namespace Baton.Server.Platform.Storage.Postgres;

/// <summary>
/// The only session of a copy on a database. While it is open, no server uses the database, and none can start on it.
/// </summary>
internal sealed class PostgresCopySession : IAsyncDisposable
{
    readonly PostgresConnections _connections;
    readonly ReadSession _session;

    PostgresCopySession(PostgresConnections connections, NpgsqlConnection connection)
    {
        _connections = connections;
        Connection = connection;
        _session = new ReadSession(connection, prepares: false);
    }

    public NpgsqlConnection Connection { get; }

    public string Name => _connections.Name;

    /// <param name="setting">`postgres://…`, or Npgsql's keywords.</param>
    /// <param name="makesTables">Whether an empty database is given its tables, rather than refused.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<PostgresCopySession> OpenAsync(
        string setting, bool makesTables, CancellationToken cancellation)
    {
        var connections = new PostgresConnections(setting);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await connections.OpenOtherAsync(cancellation);
            await PostgresPresence.TakeAloneAsync(connections, connection, cancellation);
            await PrepareAsync(connections, connection, makesTables, cancellation);
            return new PostgresCopySession(connections, connection);
        }
        catch (Exception failure)
        {
            if (connection is not null) await connection.DisposeAsync();
            await connections.DisposeAsync();
            if (PostgresFailures.IsFailure(failure))
                throw new StorageUnavailableException(
                    $"The database {connections.Name} cannot be used: {PostgresFailures.ReasonOf(failure)}", failure);
            throw;
        }
    }

    /// <summary>
    /// Begins the copy's transaction. No commit of any server comes in between: each locks rows of this table.
    /// </summary>
    public async ValueTask BeginAsync(string isolation, CancellationToken cancellation)
    {
        await ExecuteAsync($"BEGIN ISOLATION LEVEL {isolation}", cancellation);
        // A large copy may be silent for longer than the role, or the database, allows.
        await ExecuteAsync("SET LOCAL idle_in_transaction_session_timeout = 0", cancellation);
        await ExecuteAsync("SET LOCAL synchronous_commit = on", cancellation);
        await ExecuteAsync("SET LOCAL lock_timeout = 5000", cancellation);
        await ExecuteAsync("LOCK TABLE workspace IN EXCLUSIVE MODE", cancellation);
        await ExecuteAsync("SET LOCAL lock_timeout = 0", cancellation);
    }

    public async ValueTask ExecuteAsync(string sql, CancellationToken cancellation) =>
        await PostgresSchema.ExecuteAsync(Connection, sql, cancellation);

    public ValueTask<T> ReadAsync<TState, T>(
        TState state,
        Func<ReadSession, TState, CancellationToken, ValueTask<T>> read,
        CancellationToken cancellation) =>
        read(_session, state, cancellation);

    public async ValueTask DisposeAsync()
    {
        // Disposes the connection too, which ends what was not committed.
        _session.Dispose();
        await _connections.DisposeAsync();
    }

    static async Task PrepareAsync(
        PostgresConnections connections, NpgsqlConnection connection, bool makesTables, CancellationToken cancellation)
    {
        if (await PostgresSchema.RequireNewestAsync(connections, connection, cancellation)) return;
        if (!makesTables) throw new DatabaseRefusedException($"There is nothing of Baton in {connections.Name}.");
        await PostgresSchema.PrepareAsync(connections, cancellation);
    }
}
