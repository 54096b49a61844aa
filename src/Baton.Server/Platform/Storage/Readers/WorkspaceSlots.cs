using System.Collections.Concurrent;

namespace Baton.Server.Platform.Storage.Readers;

/// <summary>
/// A number of slots for each workspace. A caller who finds none waits for the others of its own workspace, and for
/// nobody else. Safe for concurrent use.
/// </summary>
internal sealed class WorkspaceSlots(int perWorkspace)
{
    // There is one for each workspace that ever entered. Their number is bounded by that of workspaces, which only
    // server keys can make.
    readonly ConcurrentDictionary<string, SemaphoreSlim> _slots = new();

    /// <summary>
    /// Waits for a slot, which is given back by <see cref="Slot.Dispose"/>. Throws if it is cancelled, and then holds
    /// none.
    /// </summary>
    public async ValueTask<Slot> EnterAsync(string workspaceId, CancellationToken cancellation)
    {
        var slots = _slots.TryGetValue(workspaceId, out var known)
            ? known
            : _slots.GetOrAdd(workspaceId, static (_, count) => new SemaphoreSlim(count, count), perWorkspace);
        await slots.WaitAsync(cancellation);
        return new Slot(slots);
    }

    public sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
