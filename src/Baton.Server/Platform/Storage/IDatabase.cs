using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Storage;

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

    /// <summary>The clock that the lane follows on a machine whose clock is <paramref name="machine"/>.</summary>
    TimeProvider ClockOver(TimeProvider machine);

    /// <summary>Opens a session that writes. Called once by each of the lane's threads.</summary>
    ILaneSession OpenLane();

    /// <summary>Whether there is room for a few writes, as far as that can be told without writing.</summary>
    bool HasRoom { get; }

    /// <summary>The damage that the provider's own check finds in its structures. It reads all of them.</summary>
    ValueTask<List<string>> FindDamageAsync(CancellationToken cancellation);

    /// <summary>
    /// Waits for a slot among the few reads that may take long; it is given back by disposing it. There are few,
    /// because a snapshot that is held keeps the database from tidying up.
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
