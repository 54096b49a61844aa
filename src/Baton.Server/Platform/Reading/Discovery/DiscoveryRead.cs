using Baton.Contracts;
using Baton.Contracts.Discovery;

namespace Baton.Server.Platform.Reading.Discovery;

/// <summary>
/// One page of the discoverable things of one type: those after a place (empty: from the first on), by name, at
/// most so many. Bounded in what it looks at: a page with few items, or none, and a cursor is fine. The place is the
/// type's own, at most 300 characters of ASCII; null at the end.
/// </summary>
internal delegate ValueTask<Page<DiscoveryItem>> DiscoveryRead(
    DiscoveryQuery query, string after, int limit);
