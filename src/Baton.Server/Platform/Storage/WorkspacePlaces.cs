using System.Collections.Concurrent;

namespace Baton.Server.Platform.Storage;

/// <summary>
/// A number of places for each workspace. A caller who finds none waits for the others of its own workspace, and for
/// nobody else. Safe for concurrent use.
/// </summary>
internal sealed class WorkspacePlaces(int perWorkspace)
{
    // There is one for each workspace that ever entered. Their number is bounded by that of workspaces, which only
    // server keys can make.
    readonly ConcurrentDictionary<string, SemaphoreSlim> _places = new();

    /// <summary>
    /// Waits for a place, which is given back by <see cref="Place.Dispose"/>. Throws if it is cancelled, and then holds
    /// none.
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
