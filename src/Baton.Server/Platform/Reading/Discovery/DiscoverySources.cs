using Baton.Contracts;
using Baton.Contracts.Discovery;

namespace Baton.Server.Platform.Reading.Discovery;

/// <summary>What can be discovered: the types that have declared how.</summary>
/// <param name="kinds">By type, in the order in which they were declared.</param>
internal sealed class DiscoverySources(IReadOnlyList<KeyValuePair<string, DiscoveryKind>> kinds)
{
    readonly SortedList<string, DiscoveryKind> _byType =
        new(new Dictionary<string, DiscoveryKind>(kinds), StringComparer.Ordinal);

    /// <summary>In the order in which they were declared.</summary>
    public IReadOnlyList<KeyValuePair<string, DiscoveryKind>> Declared => kinds;

    /// <summary>By name.</summary>
    public IList<string> Types => _byType.Keys;

    /// <summary>A page over several types, one after the other.</summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="types">The types, in order.</param>
    /// <param name="cursor">`type:` and the type's own cursor; null: from the start.</param>
    /// <param name="limit">At most so many items.</param>
    public async ValueTask<Page<DiscoveryItem>> ReadAsync(
        DiscoveryQuery query, IReadOnlyList<string> types, (string Type, string Within)? cursor, int limit)
    {
        var items = new List<DiscoveryItem>();
        foreach (var type in types)
        {
            var order = cursor is { } place ? string.CompareOrdinal(type, place.Type) : 1;
            if (order < 0) continue;
            // Full before this type was looked at: whether there is more is the next page's affair.
            if (items.Count == limit) return new Page<DiscoveryItem>(items, type + ":");
            var kind = _byType[type];
            if (!Takes(kind, query)) continue;
            var within = order == 0 ? cursor!.Value.Within : "";
            var page = await kind.Read(query, within, limit - items.Count);
            items.AddRange(page.Items);
            if (page.NextCursor is { } next) return new Page<DiscoveryItem>(items, $"{type}:{next}");
        }

        return new Page<DiscoveryItem>(items, NextCursor: null);
    }

    static bool Takes(DiscoveryKind kind, DiscoveryQuery query) =>
        query.Filters.Keys.All(name => kind.Filters.Any(filter => filter.Name == name));
}
