using System.Collections.Concurrent;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Errors;

namespace Baton.Server.Platform.Http;

/// <summary>Bounds the long-polls and streams that one key holds open. Safe for concurrent use.</summary>
internal sealed class Waiters(long maxPerKey)
{
    // A key's count is removed when it falls to zero, so this is bounded by the open requests.
    readonly ConcurrentDictionary<string, long> _counts = new();

    /// <summary>All that wait now.</summary>
    public long Count => _counts.Values.Sum();

    /// <summary>A place among the waiters, to be given back; or why there is none.</summary>
    public Outcome<Place> Enter(string keyId)
    {
        var count = _counts.AddOrUpdate(keyId, 1, static (_, count) => count + 1);
        if (count <= maxPerKey) return new Place(this, keyId);
        Leave(keyId);
        return new Failure(ErrorCodes.WaitersTooMany, $"This key has {maxPerKey} requests and streams waiting already.")
        {
            RetryAfterSeconds = 5,
        };
    }

    void Leave(string keyId)
    {
        var left = _counts.AddOrUpdate(keyId, 0, static (_, count) => count - 1);
        if (left == 0) _counts.TryRemove(new KeyValuePair<string, long>(keyId, 0));
    }

    public sealed class Place(Waiters owner, string keyId) : IDisposable
    {
        public void Dispose() => owner.Leave(keyId);
    }
}
