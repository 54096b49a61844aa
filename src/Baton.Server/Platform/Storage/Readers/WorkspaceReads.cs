namespace Baton.Server.Platform.Storage.Readers;

/// <summary>The database as one workspace may read it.</summary>
internal readonly struct WorkspaceReads(IDatabase database, WorkspaceSlots slots, string workspaceId) : IReads
{
    public async ValueTask<T> ReadAsync<TState, T>(
        TState state, Func<ReadSession, TState, CancellationToken, ValueTask<T>> read, CancellationToken cancellation)
    {
        using var slot = await slots.EnterAsync(workspaceId, cancellation);
        return await database.ReadAsync(state, read, cancellation);
    }

    /// <summary>As <see cref="ReadAsync"/>, but all statements of the read see the same snapshot.</summary>
    public async ValueTask<T> ReadSnapshotAsync<TState, T>(
        TState state, Func<ReadSession, TState, CancellationToken, ValueTask<T>> read, CancellationToken cancellation)
    {
        using var slot = await slots.EnterAsync(workspaceId, cancellation);
        return await database.ReadSnapshotAsync(state, read, cancellation);
    }
}
