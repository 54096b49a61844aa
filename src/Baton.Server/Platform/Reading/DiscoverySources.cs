using Baton.Contracts;
using Baton.Contracts.Discovery;

namespace Baton.Server.Platform.Reading;

/// <summary>
/// One page of the discoverable things of one type: those after the cursor (empty: from the first on), by name, at
/// most so many. Bounded in what it looks at: a page with few items, or none, and a cursor is fine. The cursor is the
/// source's own, at most 300 characters of ASCII; null at the end.
/// </summary>
internal delegate ValueTask<Page<DiscoveryItem>> DiscoverySource(
    DiscoveryQuery query, string cursor, int limit, CancellationToken cancellation);

/// <summary>
/// What can be discovered; every feature registers its own type. Complete before the first request.
/// </summary>
internal sealed class DiscoverySources
{
    readonly SortedList<string, DiscoverySource> _byType = new(StringComparer.Ordinal);

    public void Add(string type, DiscoverySource source) => _byType.Add(type, source);

    public IList<string> Types => _byType.Keys;

    /// <summary>A page over several types, one after the other.</summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="types">The types, in order.</param>
    /// <param name="cursor">`type:` and the source's own cursor; null: from the start.</param>
    /// <param name="limit">At most so many items.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async ValueTask<Page<DiscoveryItem>> ReadAsync(
        DiscoveryQuery query,
        IReadOnlyList<string> types,
        (string Type, string Within)? cursor,
        int limit,
        CancellationToken cancellation)
    {
        var items = new List<DiscoveryItem>();
        foreach (var type in types)
        {
            var order = cursor is { } place ? string.CompareOrdinal(type, place.Type) : 1;
            if (order < 0) continue;
            // Full before this type was looked at: whether there is more is the next page's affair.
            if (items.Count == limit) return new Page<DiscoveryItem>(items, type + ":");
            var within = order == 0 ? cursor!.Value.Within : "";
            var page = await _byType[type](query, within, limit - items.Count, cancellation);
            items.AddRange(page.Items);
            if (page.NextCursor is { } next) return new Page<DiscoveryItem>(items, $"{type}:{next}");
        }

        return new Page<DiscoveryItem>(items, NextCursor: null);
    }
}
