using System.Collections.Concurrent;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Reading.Waits;

/// <summary>
/// Bounds the long-polls and streams that one key holds open, and those of all keys of a workspace together, because a
/// workspace can make as many keys as it likes. Safe for concurrent use.
/// </summary>
internal sealed class Waiters(long maxPerKey, long maxPerWorkspace)
{
    const int RetryAfterSeconds = 5;

    // A count is removed when it falls to zero, so the number of counts is bounded by that of open requests.
    readonly ConcurrentDictionary<string, long> _byKey = new();
    readonly ConcurrentDictionary<string, long> _byWorkspace = new();

    /// <summary>The number of all that wait now.</summary>
    public long Count => _byWorkspace.Values.Sum();

    /// <summary>
    /// Takes a slot among the waiters, which is given back by disposing it; or answers why there is none.
    /// </summary>
    public Outcome<Slot> Enter(Actor actor)
    {
        if (!TryCount(_byKey, actor.KeyId, maxPerKey)) return TooMany($"This key has {maxPerKey}");
        if (TryCount(_byWorkspace, actor.WorkspaceId, maxPerWorkspace)) return new Slot(this, actor);
        Leave(_byKey, actor.KeyId);
        return TooMany($"The keys of this workspace have, together, {maxPerWorkspace}");
    }

    static bool TryCount(ConcurrentDictionary<string, long> counts, string id, long max)
    {
        if (counts.AddOrUpdate(id, 1, static (_, count) => count + 1) <= max) return true;
        Leave(counts, id);
        return false;
    }

    static void Leave(ConcurrentDictionary<string, long> counts, string id)
    {
        var left = counts.AddOrUpdate(id, 0, static (_, count) => count - 1);
        if (left == 0) counts.TryRemove(new KeyValuePair<string, long>(id, 0));
    }

    static Failure TooMany(string whose) =>
        new(ErrorCodes.WaitersTooMany, $"{whose} requests and streams waiting already.")
        {
            RetryAfterSeconds = RetryAfterSeconds,
        };

    public sealed class Slot(Waiters owner, Actor actor) : IDisposable
    {
        public void Dispose()
        {
            Leave(owner._byWorkspace, actor.WorkspaceId);
            Leave(owner._byKey, actor.KeyId);
        }
    }
}
