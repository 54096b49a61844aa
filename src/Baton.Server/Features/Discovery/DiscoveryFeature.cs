using Baton.Contracts;
using Baton.Contracts.Discovery;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;

namespace Baton.Server.Features.Discovery;

/// <summary>`GET /discover`: how an agent finds what others share without knowing a name.</summary>
internal sealed class DiscoveryFeature(DiscoverySources sources)
{
    const int MaxTextLength = 128;

    /// <summary>The longest item: a description of control characters, six bytes each.</summary>
    const int BytesPerItem = 7_000;

    public void Map(Routes routes) => routes.Get("/discover", s_spec, HandleAsync);

    static readonly RouteSpec s_spec = new(
        "discovery.list", "Finds what is discoverable: stashes, streams and schemas, by type, then by name.")
    {
        Description = """
            Stashes and streams that their writers made discoverable, and the newest version of every schema that the
            caller can see. A page can be empty and still have a `next_cursor`: then the filters left much out.
            """,
        Role = Role.Reader,
        Query =
        [
            new("type", "string", "Only things of this type.") { Pattern = "^(stash|stream|schema)$" },
            new("q", "string", "Only what has this text in its name or description, in any case.")
            {
                MaxLength = MaxTextLength,
            },
            new("label", "string", "Only streams that have entries with this label.") { MaxLength = MaxTextLength },
            new("linked_to", "string", "Only streams that are linked to this stash.") { MaxLength = MaxTextLength },
            Paging.Limit,
            Paging.Cursor,
        ],
        Answers = [AnswerSpec.Json<Page<DiscoveryItem>>(200, "A page of what there is.", "Baton-Seq")],
    };

    async ValueTask<Failure?> HandleAsync(HttpCall call)
    {
        var (limit, cursor) = Paging.Read(call);
        var types = ReadTypes(call);
        var query = new DiscoveryQuery(
            call.Actor, call.Spec.Action, call.Query.Text("q", MaxTextLength), call.Query.Text("label", MaxTextLength),
            call.Query.Text("linked_to", MaxTextLength),
            call.Caller.Services.Now);
        var place = ReadCursor(call, cursor);
        if (call.Errors.Any) return call.Errors.ToFailure();
        return await Paging.AnswerAsync(call, await ReadAsync(call.Caller, query, types, place, limit));
    }

    /// <summary>A page of what there is of these types after a place.</summary>
    public async ValueTask<Outcome<Page<DiscoveryItem>>> ReadAsync(
        Caller caller, DiscoveryQuery query, IReadOnlyList<string> types, (string Type, string Within)? place,
        int limit)
    {
        caller.Look();
        var most = Math.Min(limit, PageBounds.MaxBytes / BytesPerItem);
        return await sources.ReadAsync(query, types, place, most, caller.Aborted);
    }

    IReadOnlyList<string> ReadTypes(HttpCall call)
    {
        var known = sources.Types;
        if (call.Query.Text("type") is not { } type) return [.. known];
        if (known.Contains(type)) return [type];
        call.Errors.Add(
            "query:type",
            $"`type` is \"{InputText.Shorten(type)}\", but must be one of: {string.Join(", ", known)}.");
        return [];
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
