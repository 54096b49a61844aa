using Baton.Contracts;
using Baton.Contracts.Discovery;
using Baton.Contracts.Json;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Discovery;
using Baton.Server.Platform.Reading.Pages;

namespace Baton.Server.Features.Discovery;

/// <summary>
/// Finds what others share, without knowing a name. What there is to find, what can be asked of it, and the sentences
/// about it, come from the types that have declared how they are discovered.
/// </summary>
internal static class DiscoverThings
{
    public const string Action = "discovery.list";

    /// <summary>The longest item: a description of control characters, six bytes each.</summary>
    const int BytesPerItem = 7_000;

    static readonly Dictionary<string, string> s_noFilters = [];

    public static ReadSpec SpecOf(DiscoverySources sources) => new ListSpec<DiscoverRequest, DiscoveryItem>(
        Action, DiscoverySentences.Summary(sources),
        (caller, request, page) => ReadAsync(caller, sources, request, page), ShapeOf(sources))
    {
        Description = DiscoverySentences.Description(sources),
        Role = Role.Reader,
        Found = "A page of what there is.",
    };

    static RequestShape ShapeOf(DiscoverySources sources) => RequestShape.Of<DiscoverRequest>()
        .Declare(DeclaredValues.DiscoverableTypes, [.. sources.Types])
        .Declare(
            nameof(DiscoverRequest.Filters),
            sources.Declared.SelectMany(kind => kind.Value.Filters).DistinctBy(filter => filter.Name)
                .Select(filter => (filter.Name, filter.Description)));

    static async ValueTask<Outcome<Page<DiscoveryItem>>> ReadAsync(
        Caller caller, DiscoverySources sources, DiscoverRequest request, ListPage page)
    {
        (string Type, string Within)? place = null;
        if (page.After.Length > 0)
        {
            var colon = page.After.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) return ListPage.WrongCursor(request);
            place = (page.After[..colon], page.After[(colon + 1)..]);
        }

        caller.Look();
        var query = new DiscoveryQuery(caller, Action, request.Q, request.Filters ?? s_noFilters);
        IReadOnlyList<string> types = request.Type is { } type ? [type] : [.. sources.Types];
        var found = await sources.ReadAsync(
            query, types, place, Math.Min(page.Limit, PageBounds.MaxBytes / BytesPerItem));
        return found with { NextCursor = page.CursorOf(found.NextCursor) };
    }
}
