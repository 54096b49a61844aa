namespace Baton.Server.Platform.Storage;

/// <summary>
/// Leaves some of the database's readers to the others, whatever one workspace reads: the reads that take long, lists,
/// searches and pages of the ledger, go through here. Safe for concurrent use.
/// </summary>
internal sealed class ReaderShares(IDatabase database)
{
    /// <summary>
    /// Of all readers, how many one workspace may have at once: nearly all for one that is alone, which waits for the
    /// machine and not for readers, and room for the short reads of the others.
    /// </summary>
    const int SharePercent = 75;

    readonly WorkspacePlaces _places = new(Math.Max(1, database.ReaderCount * SharePercent / 100));

    public WorkspaceReads Of(string workspaceId) => new(database, _places, workspaceId);
}

/// <summary>The database as one workspace may read it.</summary>
internal readonly struct WorkspaceReads(IDatabase database, WorkspacePlaces places, string workspaceId) : IReads
{
    public async ValueTask<T> ReadAsync<TState, T>(
        TState state, Func<ReadSession, TState, CancellationToken, ValueTask<T>> read, CancellationToken cancellation)
    {
        using var place = await places.EnterAsync(workspaceId, cancellation);
        return await database.ReadAsync(state, read, cancellation);
    }

    /// <summary>As <see cref="ReadAsync"/>, but all statements of the read see the same snapshot.</summary>
    public async ValueTask<T> ReadSnapshotAsync<TState, T>(
        TState state, Func<ReadSession, TState, CancellationToken, ValueTask<T>> read, CancellationToken cancellation)
    {
        using var place = await places.EnterAsync(workspaceId, cancellation);
        return await database.ReadSnapshotAsync(state, read, cancellation);
    }
}
