using System.Data.Common;

namespace Baton.Server.Platform.Storage;

/// <summary>Whatever can be read.</summary>
internal interface IReads
{
    /// <summary>
    /// Runs a read that sees everything acknowledged before the call. The read is one snapshot only if it is one
    /// statement. Throws <see cref="StorageUnavailableException"/> when the database cannot be asked.
    /// </summary>
    ValueTask<T> ReadAsync<TState, T>(
        TState state, Func<ReadSession, TState, CancellationToken, ValueTask<T>> read, CancellationToken cancellation);
}

/// <summary>
/// The store behind a server: only the lane's sessions write. Reads run on pooled connections, and wait when all of
/// them are busy.
/// </summary>
internal interface IDatabase : IReads, IAsyncDisposable
{
    /// <summary>How many sessions may write side by side, each workspace in one of them at a time.</summary>
    int LaneCount { get; }

    /// <summary>How many reads may run side by side.</summary>
    int ReaderCount { get; }

    /// <summary>The servers that share this database; null: this process is the only one.</summary>
    IPeers? Peers { get; }

    /// <summary>The clock by which the lane goes, where the machine's is <paramref name="machine"/>.</summary>
    TimeProvider ClockOver(TimeProvider machine);

    /// <summary>Opens a session that writes. Called once by each of the lane's threads.</summary>
    ILaneSession OpenLane();

    /// <summary>Whether there is room for a few writes, as far as that can be told without writing.</summary>
    bool HasRoom { get; }

    /// <summary>What the provider's own check finds wrong in its structures; reads all of them.</summary>
    ValueTask<List<string>> FindDamageAsync(CancellationToken cancellation);

    /// <summary>
    /// A place among the few reads that may take long, to be given back: a snapshot that is held keeps the database
    /// from tidying up. Waits for its turn.
    /// </summary>
    ValueTask<IDisposable> EnterLongReadAsync(CancellationToken cancellation);

    /// <summary>The statement that begins a read whose statements all see the same snapshot.</summary>
    string BeginSnapshot { get; }

    /// <summary>
    /// The row of a key, as of a moment after the call; null where there is none. Fails as
    /// <see cref="IReads.ReadAsync"/>.
    /// </summary>
    ValueTask<TRow?> FindAsync<TKey, TRow>(Rows<TKey, TRow> rows, TKey key, CancellationToken cancellation)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class;
}

/// <summary>Reads of several statements.</summary>
internal static class DatabaseExtensions
{
    /// <summary>As <see cref="IReads.ReadAsync"/>, but all statements of the read see the same snapshot.</summary>
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

/// <summary>
/// A lane's transaction. Owned by the lane's thread; nobody else calls it. What is asked for and written may wait for
/// <see cref="FlushAsync"/>, so that a batch costs few exchanges with the database.
/// </summary>
internal interface ILaneSession : IAsyncDisposable
{
    /// <summary>Begins a transaction that alone writes to what is locked.</summary>
    void Begin(LaneLocks locks);

    /// <summary>
    /// Asks for rows. Gives <paramref name="found"/> every key with its row, or null where there is none.
    /// </summary>
    void Load<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TKey> keys, Action<TKey, TRow?> found)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class;

    void Upsert<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TRow> rows)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class;

    /// <summary>Adds rows that are known to be new.</summary>
    void Insert<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TRow> rows)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class;

    void Delete<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TKey> keys)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class;

    /// <summary>Returns when everything was done that was asked for so far.</summary>
    ValueTask FlushAsync();

    /// <summary>A session for queries inside the transaction. They see what was flushed.</summary>
    ReadSession Queries { get; }

    /// <summary>Returns when the transaction is durable.</summary>
    ValueTask CommitAsync();

    /// <summary>Gives up the transaction, whatever state it is in.</summary>
    ValueTask RollbackAsync();

    /// <summary>Work between batches that must not delay an acknowledgement: checkpoints.</summary>
    /// <param name="isFull">The disk is full: whatever makes room for a deletion is worth doing now.</param>
    void Tidy(bool isFull);
}

/// <summary>What a batch locks against other servers on the same database, until its end.</summary>
/// <param name="WorkspaceIds">Workspaces, in an order that is the same everywhere.</param>
/// <param name="Names">Other things of which only one batch may decide at a time.</param>
internal readonly record struct LaneLocks(IReadOnlyCollection<string> WorkspaceIds, IReadOnlyCollection<string> Names);

/// <summary>
/// The database cannot be trusted or is not ours: the server does not start, and nothing was touched.
/// </summary>
internal sealed class DatabaseRefusedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The disk has no room: nothing of the transaction was kept, and reads go on.</summary>
internal sealed class StorageFullException(string message, Exception inner) : Exception(message, inner);

/// <summary>The database cannot be asked now; it may be later.</summary>
internal sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The connection was lost during COMMIT: whether it came about is unknown.</summary>
    public bool IsOutcomeUnknown { get; init; }

    /// <summary>The database is there, but refused a value or a statement: a fault of the server's.</summary>
    public bool IsRefused { get; init; }
}

/// <summary>A connection with its prepared commands. Used by one caller at a time.</summary>
/// <param name="connection">The open connection.</param>
/// <param name="prepares">
/// Whether commands are prepared when they are made; a provider may do so by itself, when it knows the values' types.
/// </param>
internal sealed class ReadSession(DbConnection connection, bool prepares = true) : IDisposable
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
            if (prepares) command.Prepare();
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
