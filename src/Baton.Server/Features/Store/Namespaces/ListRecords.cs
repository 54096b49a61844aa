using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Records;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Http.Headers;
using Baton.Server.Platform.Http.Parameters;
using Baton.Server.Platform.Http.Specs;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Pages;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Store.Namespaces;

/// <summary>Lists the records of a namespace by key, in pages; leads to the whole of it, and to its changes.</summary>
internal static class ListRecords
{
    /// <summary>The bytes of an item besides its key and value.</summary>
    const int BytesPerItem = 400;

    public static RouteSpec SpecOf(RecordSpace space) => new(
        space.Action("list"), "Lists the records of a namespace, by key; or tells their changes.")
    {
        Description = """
            By key, in the order of its bytes; what never was is empty. A page can be empty and still have a
            `next_cursor`. With `Accept: application/x-ndjson` the answer is everything, as of one moment, a line for
            each record, within 60 seconds; an answer that breaks off is not whole. With `after` the answer is the
            changes after that seq, every one, for which `wait` waits (if very much else lies between, the page is empty
            at once: go on from its `next_after`); with `Accept: text/event-stream` they come as events, whose `id` is
            the seq; `Last-Event-ID` or `after` resumes.
            """,
        Role = Role.Reader,
        Resource = call => RecordAddress.ResourceOf(call, space),
        Path = [RecordAddress.NamespaceOf(space)],
        Query =
        [
            StoreRoutes.Prefix,
            new("values", "boolean", "Whether items carry the values; true by default."),
            Paging.Limit,
            Paging.Cursor,
            new("after", "string", "The seq after which changes are told; `now`: after the newest.")
            {
                Pattern = FeedPlace.Pattern,
            },
            WaitParameter.Spec,
            FeedPlace.LastEventIdInQuery,
        ],
        Headers = [FeedPlace.LastEventId],
        Answers =
        [
            AnswerSpec.Json<Page<RecordItem>>(200, "A page of records; with `after` of changes.", "Baton-Seq") with
            {
                OtherType = typeof(RecordChangePage),
            },
            new(200, Type: null, "Every record on a line of its own, a `RecordItem`.")
            {
                ContentType = ExportRecords.MediaType,
                Headers = ["Baton-Seq"],
            },
            AnswerSpec.Events<RecordChange>("The changes as they come."),
        ],
        Errors = [ErrorCodes.CursorAhead, ErrorCodes.WaitersTooMany, ErrorCodes.ServerOverloaded],
    };

    public static ValueTask<Failure?> HandleAsync(HttpCall call, StoreFeature store, RecordSpace space)
    {
        var name = RecordAddress.ReadNamespace(call, space);
        var prefix = StoreRoutes.ReadPrefix(call);
        if (SseStream.IsWanted(call.Http.Request, "application/json", ExportRecords.MediaType))
            return WatchRecords.StreamAsync(call, space, name, prefix);
        var withValues = call.Query.Boolean("values") ?? true;
        var wait = WaitParameter.Read(call);
        if (call.Query.Has("after")) return WatchRecords.AnswerAsync(call, space, name, prefix, wait ?? TimeSpan.Zero);
        HandReadResumePoint.CheckAbsent(call);
        if (wait is not null)
            call.Errors.Add("query:wait", "`wait` waits for changes: it needs `after`, a seq or `now`.");
        var (limit, cursor) = Paging.Read(call, within: name);
        if (call.Errors.Any) return new(call.Errors.ToFailure());
        var range = new RecordRange(
            new NamespaceKey(call.Actor.WorkspaceId, name), prefix, cursor ?? "", call.Caller.Services.Now);
        return Accept.Prefers(call.Http.Request, ExportRecords.MediaType, "application/json")
            ? ExportRecords.AnswerAsync(call, store, range, withValues)
            : AnswerAsync(call, store.Finder, space, range, limit, withValues);
    }

    static async ValueTask<Failure?> AnswerAsync(
        HttpCall call, RecordFinder finder, RecordSpace space, RecordRange range, int limit, bool withValues) =>
        await call.AnswerJsonAsync(
            await ReadAsync(call.Caller, finder, space.Action("list"), range, limit, withValues));

    /// <summary>A page of a range, as JSON.</summary>
    public static async ValueTask<Outcome<ReadOnlyMemory<byte>>> ReadAsync(
        Caller caller, RecordFinder finder, string action, RecordRange range, int limit, bool withValues)
    {
        caller.Look();
        return await caller.Reads.ReadSnapshotAsync(range, async (session, range, token) =>
        {
            if (await finder.SelectNamespaceAsync(session, range.NamespaceKey, token) is not { } namespaceRow)
                return (ReadOnlyMemory<byte>)RecordJson.Page(_ => { }, nextCursor: null);
            var found = await ScanOf(range, namespaceRow, withValues)
                .ReadAsync(session, caller, action, range.After, limit, token);
            var next = Paging.CursorOf(action, found.Next, within: namespaceRow.Namespace);
            return await RenderAsync(session, range, namespaceRow, found.Rows, next, withValues, token);
        }, caller.Aborted);
    }

    static PageScan<RecordHead> ScanOf(RecordRange range, NamespaceRow namespaceRow, bool withValues) => new()
    {
        Select = (session, place, count) => range.Command(session, place, count, withValues: false),
        Read = RecordHead.Read,
        PlaceOf = head => head.Key,
        ResourceOf = head => head.Resource,
        // Tombstones and cleared records are left out.
        IsLive = head => head.IsLive(namespaceRow, range.Now),
        SizeOf = head => BytesPerItem + (2L * head.Key.Length) + (withValues ? head.Size : 0),
    };

    static async ValueTask<byte[]> RenderAsync(
        ReadSession session, RecordRange range, NamespaceRow namespaceRow, IReadOnlyList<RecordHead> heads,
        string? nextCursor, bool withValues, CancellationToken cancellation)
    {
        var values = withValues && heads.Count > 0
            ? await range.ReadValuesAsync(session, namespaceRow, heads[0].Key, heads[^1].Key, cancellation)
            : null;
        return RecordJson.Page(json =>
        {
            foreach (var head in heads) head.WriteTo(json, values?[head.Key], hasValue: withValues);
        }, nextCursor);
    }
}
