using Baton.Contracts;
using Baton.Contracts.Discovery;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading.Discovery;
using Baton.Server.Platform.Reading.Pages;

namespace Baton.Server.Features.Discovery;

/// <summary>
/// `GET /discover`: how an agent finds what others share without knowing a name. What there is to find, and the
/// sentences about it, come from the types that have declared how they are discovered.
/// </summary>
internal sealed class DiscoveryFeature
{
    const int MaxTextLength = 128;

    /// <summary>The longest item: a description of control characters, six bytes each.</summary>
    const int BytesPerItem = 7_000;

    readonly DiscoverySources _sources;
    readonly IReadOnlyList<DiscoveryFilter> _filters;
    readonly RouteSpec _spec;

    public DiscoveryFeature(DiscoverySources sources)
    {
        _sources = sources;
        _filters = [.. sources.Declared.SelectMany(kind => kind.Value.Filters).DistinctBy(filter => filter.Name)];
        _spec = new RouteSpec("discovery.list", DiscoverySentences.Summary(sources))
        {
            Description = DiscoverySentences.Description(sources),
            Role = Role.Reader,
            Query =
            [
                new("type", "string", "Only things of this type.") { Pattern = PatternOf(sources) },
                TextParameter("q", "Only what has this text in its name or description, in any case."),
                .. _filters.Select(filter => TextParameter(filter.Name, filter.Description)),
                Paging.Limit,
                Paging.Cursor,
            ],
            Answers = [AnswerSpec.Json<Page<DiscoveryItem>>(200, "A page of what there is.", "Baton-Seq")],
        };
    }

    public void Map(Routes routes) => routes.Get("/discover", _spec, HandleAsync);

    static ParameterSpec TextParameter(string name, string description) =>
        new(name, "string", description) { MaxLength = MaxTextLength };

    static string PatternOf(DiscoverySources sources) =>
        $"^({string.Join('|', sources.Declared.Select(kind => kind.Key))})$";

    async ValueTask<Failure?> HandleAsync(HttpCall call)
    {
        var (limit, cursor) = Paging.Read(call);
        var types = ReadTypes(call);
        var query = new DiscoveryQuery(
            call.Caller, call.Spec.Action, call.Query.Text("q", MaxTextLength), ReadFilters(call));
        var place = ReadCursor(call, cursor);
        if (call.Errors.Any) return call.Errors.ToFailure();
        return await Paging.AnswerAsync(call, await ReadAsync(query, types, place, limit));
    }

    /// <summary>A page of what there is of these types after a place.</summary>
    public async ValueTask<Outcome<Page<DiscoveryItem>>> ReadAsync(
        DiscoveryQuery query, IReadOnlyList<string> types, (string Type, string Within)? place, int limit)
    {
        query.Caller.Look();
        return await _sources.ReadAsync(query, types, place, Math.Min(limit, PageBounds.MaxBytes / BytesPerItem));
    }

    IReadOnlyList<string> ReadTypes(HttpCall call)
    {
        var known = _sources.Types;
        if (call.Query.Text("type") is not { } type) return [.. known];
        if (known.Contains(type)) return [type];
        call.Errors.Add(
            "query:type",
            $"`type` is \"{InputText.Shorten(type)}\", but must be one of: {string.Join(", ", known)}.");
        return [];
    }

    Dictionary<string, string> ReadFilters(HttpCall call)
    {
        var asked = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var filter in _filters)
        {
            if (call.Query.Text(filter.Name, MaxTextLength) is { } text) asked.Add(filter.Name, text);
        }

        return asked;
    }

    static (string Type, string Within)? ReadCursor(HttpCall call, string? cursor)
    {
        if (cursor is null) return null;
        var colon = cursor.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0) return (cursor[..colon], cursor[(colon + 1)..]);
        Paging.Refuse(call);
        return null;
    }
}
