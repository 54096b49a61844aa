using System.Globalization;
using System.Text;
using Baton.Contracts.Errors;
using Baton.Contracts.Events;
using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Feed;

/// <summary>The change feed: the ledger's entries, replayed and followed.</summary>
internal static class EventsFeature
{
    /// <summary>Entries that one request looks at, when its filter leaves most of them out.</summary>
    const int MaxScanned = 20_000;

    const int MaxGlobLength = 1024;

    const string Place = "now|[0-9]{1,19}";

    /// <summary>What `after` takes.</summary>
    public const string AfterPattern = $"^({Place})$";

    public static readonly ParameterSpec LastEventId = ResumePoint.HeaderOf(Place, "`lastEventId` and `after`");

    public static readonly ParameterSpec LastEventIdInQuery = ResumePoint.ParameterOf(Place);

    public static void Map(Routes routes) => routes.Get("/events", s_spec, HandleAsync);

    static readonly RouteSpec s_spec =
        new("events.read", "Replays and follows everything that was done and refused in the workspace.")
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
                Pattern = AfterPattern,
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
            Waiting.Parameter,
            LastEventIdInQuery,
        ],
        Headers = [LastEventId],
        Answers =
        [
            AnswerSpec.Json<EventPage>(200, "A page of entries.", "Baton-Seq"),
            AnswerSpec.Events<LedgerEvent>("The entries as they come."),
        ],
        Errors = [ErrorCodes.CursorAhead, ErrorCodes.WaitersTooMany],
    };

    static async ValueTask<Failure?> HandleAsync(Call call)
    {
        var isStream = SseStream.IsWanted(call.Http.Request, "application/json");
        var head = await call.Server.Feed.RefreshAsync(call.Actor.WorkspaceId, call.Aborted);
        var after = ReadAfter(call, ResumePoint.Read(call, isStream), head) ?? 0;
        var filter = ReadFilter(call);
        var wait = Waiting.Read(call) ?? TimeSpan.Zero;
        var limit = Paging.ReadLimit(call);
        if (call.Errors.Any) return call.Errors.ToFailure();
        if (after > head) return Ahead(after, head);
        if (isStream)
            return await FeedSource.FollowAsync(
                call, after, filter, opening: null, entry => Render(call, filter, entry));
        return await AnswerPageAsync(call, after, limit, filter, wait);
    }

    static async ValueTask<Failure?> AnswerPageAsync(Call call, long after, int limit, FeedFilter filter, TimeSpan wait)
    {
        var json = new StringBuilder("{\"items\":[");
        var count = 0;
        Failure? ahead = null;
        var answered = await Waiting.UntilAsync(call, filter, wait, async () =>
        {
            ahead = FindAhead(call, after);
            if (ahead is not null) return true;
            (after, count, var isAtHead) = await FillAsync(call, after, limit, filter, json);
            // What was not looked at yet wakes nobody: the reader goes on from where it is.
            return count > 0 || !isAtHead;
        });
        if ((ahead ?? answered.Failure) is { } failure) return failure;
        json.Append(CultureInfo.InvariantCulture, $"],\"next_after\":{after}}}");
        call.SetSeq(Math.Max(after, call.Server.Feed.Head(call.Actor.WorkspaceId)));
        await call.AnswerJsonAsync(200, Encoding.UTF8.GetBytes(json.ToString()));
        return null;
    }

    /// <summary>
    /// Appends what matches after a place; answers the place reached, how many matched, and whether it is the head.
    /// </summary>
    static async ValueTask<(long After, int Count, bool IsAtHead)> FillAsync(
        Call call, long after, int limit, FeedFilter filter, StringBuilder json)
    {
        var (count, scanned, commit) = (0, 0, 0L);
        while (count < limit && scanned < MaxScanned && json.Length < Paging.MaxPageBytes)
        {
            var wanted = filter.IsEverything ? limit - count : Paging.MaxLimit;
            var entries = await call.Server.Feed.ReadAsync(call.Actor.WorkspaceId, after, wanted, call.Aborted);
            if (entries.Count == 0) return (after, count, IsAtHead: true);
            foreach (var entry in entries)
            {
                // Over the limit only to the end of the commit that has begun.
                if (count >= limit && after >= commit) return (after, count, IsAtHead: false);
                if (Render(call, filter, entry) is { } data)
                {
                    if (count > 0) json.Append(',');
                    json.Append(Encoding.UTF8.GetString(data));
                    count++;
                }

                (after, commit) = (entry.Seq, entry.Entry.CommitSeq);
            }

            scanned += entries.Count;
        }

        return (after, count, IsAtHead: false);
    }

    static byte[]? Render(Call call, FeedFilter filter, FeedEntry entry)
    {
        if (!filter.Matches(entry.Entry)) return null;
        if (Access.Access.Filter(call.Actor, entry.Entry.WorkspaceId, call.Spec.Action, entry.Entry.Resource))
            return entry.ToJson();
        // Who verifies the chain needs its links; a filter would tell what is hidden.
        return filter.IsEverything ? entry.ToRedactedJson() : null;
    }

    /// <summary>The seq after which a reader begins, null where it named none; `now` is the newest commit.</summary>
    public static long? ReadAfter(Call call, ResumePoint point, long head)
    {
        if (point.Text is not { } text) return null;
        if (text == "now") return head;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after)) return after;
        point.Refuse(call, "a seq, or `now`");
        return null;
    }

    static FeedFilter ReadFilter(Call call)
    {
        var filter = new FeedFilter(ReadGlob(call, "resource"), ReadGlob(call, "action"), call.Query.Text("agent_id"));
        return filter.IsEverything ? FeedFilter.Everything : filter;
    }

    static Glob? ReadGlob(Call call, string name)
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

    /// <summary>
    /// Why a reader that waits is beyond the head: a failover has lost what it had read. Null, as nearly always: it is
    /// not.
    /// </summary>
    public static Failure? FindAhead(Call call, long after)
    {
        var head = call.Server.Feed.Head(call.Actor.WorkspaceId);
        return after > head ? Ahead(after, head) : null;
    }

    public static Failure Ahead(long after, long head) =>
        new(ErrorCodes.CursorAhead, $"The cursor is {after}; the newest commit is {head}.") { Head = head };
}
