using Baton.Contracts.Errors;
using Baton.Contracts.Events;
using Baton.Contracts.Requests;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Following;

namespace Baton.Server.Features.Events;

/// <summary>Replays the ledger's entries, waits for the next, or follows them.</summary>
internal static class ReadEvents
{
    public const string Action = "events.read";

    public static ReadSpec Spec { get; } = new BytesReadSpec<ReadEventsRequest>(
        Action, "Replays and follows everything that was done and refused in the workspace.", typeof(EventPage),
        ReadAsync)
    {
        Description = """
            Ledger entries in order, each with every field of its encoding and its hash. A page ends at the end of a
            commit. `next_after` has moved over what the filter left out. With `Accept: text/event-stream` the answer
            is a stream of server-sent events, whose `id` is the seq; `Last-Event-ID` or `after` resumes it. A page can
            be empty at once, in spite of `wait`, when the filter left very much out: go on from its `next_after`.
            """,
        Role = Role.Reader,
        Check = Check,
        Found = "A page of entries.",
        EventType = typeof(LedgerEvent),
        Events = "The entries as they come.",
        Follow = FollowAsync,
        Errors = [ErrorCodes.CursorAhead, ErrorCodes.WaitersTooMany],
    };

    static void Check(ReadEventsRequest request, InputErrors errors)
    {
        CheckGlob("resource", request.Resource, errors);
        CheckGlob("action", request.Action, errors);
    }

    static void CheckGlob(string name, string? text, InputErrors errors)
    {
        var wildcards = text?.Count(character => character == '*') ?? 0;
        if (wildcards > Glob.MaxWildcards)
            errors.Add(
                "/" + name,
                $"`{name}` has {wildcards} wildcards, but may have {Glob.MaxWildcards}: "
                + "ask for more with fewer of them, and leave out what you do not want.");
    }

    /// <summary>A page of what matches after a commit, as JSON; waits for it if there is nothing.</summary>
    static async ValueTask<Outcome<ReadAnswer>> ReadAsync(Caller caller, ReadEventsRequest request)
    {
        var place = await SeqPlace.OfAsync(caller, request.After);
        if (place.Failure is { } ahead) return ahead;
        var filter = FilterOf(request);
        var page = await FeedPage.ReadAsync(
            caller, place.Value.After ?? 0, (int)(request.Limit ?? PageRequest.DefaultLimit), filter,
            TimeSpan.FromSeconds(request.Wait ?? 0), entry => Render(caller, filter, entry));
        return page.Failure is { } failure ? failure : ReadAnswer.OfJson(page.Value);
    }

    /// <summary>Follows what matches after a commit.</summary>
    static async ValueTask<Outcome<SseSource>> FollowAsync(Caller caller, ReadEventsRequest request)
    {
        var place = await SeqPlace.OfAsync(caller, request.After);
        if (place.Failure is { } ahead) return ahead;
        var filter = FilterOf(request);
        return FeedSource.Of(
            caller, place.Value.After ?? 0, filter, opening: null, entry => Render(caller, filter, entry));
    }

    static byte[]? Render(Caller caller, FeedFilter filter, FeedEntry entry)
    {
        if (!filter.Matches(entry.Entry)) return null;
        if (caller.MaySee(Action, entry.Entry.Resource)) return entry.ToJson();
        // A reader who verifies the chain needs all its links. With a filter, hidden entries are left out, because they
        // would tell that they match.
        return filter.IsEverything ? entry.ToRedactedJson() : null;
    }

    static FeedFilter FilterOf(ReadEventsRequest request)
    {
        var filter = new FeedFilter(GlobOf(request.Resource), GlobOf(request.Action), request.AgentId);
        return filter.IsEverything ? FeedFilter.Everything : filter;
    }

    static Glob? GlobOf(string? text) => text is null ? null : new Glob(text);
}
