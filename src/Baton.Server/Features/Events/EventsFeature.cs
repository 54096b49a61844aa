using Baton.Contracts.Errors;
using Baton.Contracts.Events;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Following;

namespace Baton.Server.Features.Events;

/// <summary>The change feed: the ledger's entries, replayed and followed.</summary>
internal static class EventsFeature
{
    const int MaxGlobLength = 1024;

    public static void Map(Routes routes) => routes.Get("/events", s_spec, HandleAsync);

    static readonly RouteSpec s_spec = new(
        "events.read", "Replays and follows everything that was done and refused in the workspace.")
    {
        Description = """
            Ledger entries in order, each with every field of its encoding and its hash. A page ends at the end of a
            commit. `next_after` has moved over what the filter left out. With `Accept: text/event-stream` the answer
            is a stream of server-sent events, whose `id` is the seq; `Last-Event-ID` or `after` resumes it. A page can
            be empty at once, in spite of `wait`, when the filter left very much out: go on from its `next_after`.
            """,
        Role = Role.Reader,
        Query =
        [
            new("after", "string", "The seq after which to begin; `now`: after the newest. 0 by default.")
            {
                Pattern = FeedPlace.Pattern,
            },
            new(
                "resource", "string",
                "Only entries about these things; `*` is a wildcard that crosses `/`, at most 8 times.")
            {
                MinLength = 1,
                MaxLength = MaxGlobLength,
            },
            new("action", "string", "Only these actions; `*` is a wildcard, at most 8 times.")
            {
                MinLength = 1,
                MaxLength = MaxGlobLength,
            },
            new("agent_id", "string", "Only entries of this agent."),
            Paging.Limit,
            WaitParameter.Spec,
            FeedPlace.LastEventIdInQuery,
        ],
        Headers = [FeedPlace.LastEventId],
        Answers =
        [
            AnswerSpec.Json<EventPage>(200, "A page of entries.", "Baton-Seq"),
            AnswerSpec.Events<LedgerEvent>("The entries as they come."),
        ],
        Errors = [ErrorCodes.CursorAhead, ErrorCodes.WaitersTooMany],
    };

    static async ValueTask<Failure?> HandleAsync(HttpCall call)
    {
        var isStream = SseStream.IsWanted(call.Http.Request, "application/json");
        var (cursor, head) = await FeedPlace.ReadAsync(call, isStream);
        var filter = ReadFilter(call);
        var wait = WaitParameter.Read(call) ?? TimeSpan.Zero;
        var limit = Paging.ReadLimit(call);
        if (call.Errors.Any) return call.Errors.ToFailure();
        var after = cursor ?? 0;
        if (after > head) return CursorAhead.Of(after, head);
        return isStream
            ? await SseStream.FollowAsync(call, Follow(call.Caller, after, filter))
            : await call.AnswerJsonAsync(await ReadAsync(call.Caller, after, limit, filter, wait));
    }

    /// <summary>Follows what matches after a commit.</summary>
    public static Outcome<SseSource> Follow(Caller caller, long after, FeedFilter filter) =>
        FeedSource.Of(caller, after, filter, opening: null, entry => Render(caller, filter, entry));

    /// <summary>A page of what matches after a commit, as JSON; waits for it if there is nothing.</summary>
    public static ValueTask<Outcome<ReadOnlyMemory<byte>>> ReadAsync(
        Caller caller, long after, int limit, FeedFilter filter, TimeSpan wait) =>
        FeedPage.ReadAsync(caller, after, limit, filter, wait, entry => Render(caller, filter, entry));

    static byte[]? Render(Caller caller, FeedFilter filter, FeedEntry entry)
    {
        if (!filter.Matches(entry.Entry)) return null;
        if (caller.MaySee(s_spec.Action, entry.Entry.Resource)) return entry.ToJson();
        // A reader who verifies the chain needs all its links. With a filter, hidden entries are left out, because they
        // would tell that they match.
        return filter.IsEverything ? entry.ToRedactedJson() : null;
    }

    static FeedFilter ReadFilter(HttpCall call)
    {
        var filter = new FeedFilter(ReadGlob(call, "resource"), ReadGlob(call, "action"), call.Query.Text("agent_id"));
        return filter.IsEverything ? FeedFilter.Everything : filter;
    }

    static Glob? ReadGlob(HttpCall call, string name)
    {
        var text = call.Query.Text(name);
        if (text is null) return null;
        if (text.Length is 0 or > MaxGlobLength)
        {
            call.Errors.Add(
                "query:" + name, $"`{name}` has {text.Length} characters, but must have 1 to {MaxGlobLength}.");
            return null;
        }

        var wildcards = text.Count('*');
        if (wildcards <= Glob.MaxWildcards) return new Glob(text);
        call.Errors.Add(
            "query:" + name,
            $"`{name}` has {wildcards} wildcards, but may have {Glob.MaxWildcards}: "
            + "ask for more with fewer of them, and leave out what you do not want.");
        return null;
    }
}
