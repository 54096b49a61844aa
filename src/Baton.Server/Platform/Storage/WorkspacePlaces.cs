using System.Collections.Concurrent;

namespace Baton.Server.Platform.Storage;

/// <summary>
/// So many places for each workspace: who finds none waits for its turn behind others of its own workspace, and for
/// nobody else. Safe for concurrent use.
/// </summary>
internal sealed class WorkspacePlaces(int perWorkspace)
{
    // One for each workspace that ever entered: bounded by their number, which only server keys raise.
    readonly ConcurrentDictionary<string, SemaphoreSlim> _places = new();

    /// <summary>
    /// Returns with a place, to be given back by <see cref="Place.Dispose"/>; throws when cancelled, holding none.
    /// </summary>
    public async ValueTask<Place> EnterAsync(string workspaceId, CancellationToken cancellation)
    {
        var places = _places.TryGetValue(workspaceId, out var known)
            ? known
            : _places.GetOrAdd(workspaceId, static (_, count) => new SemaphoreSlim(count, count), perWorkspace);
        await places.WaitAsync(cancellation);
        return new Place(places);
    }

    public sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
