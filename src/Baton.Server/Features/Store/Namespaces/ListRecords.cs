using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Records;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Requests;
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

    public const string Verb = "list";

    public static ReadSpec SpecOf<
        [DynamicallyAccessedMembers(RequestShape.Reflected)] TRequest>(StoreFeature store, RecordSpace space)
        where TRequest : RecordListRequest
    {
        var action = space.Action(Verb);
        return new BytesReadSpec<TRequest>(
            action, "Lists the records of a namespace, by key; or tells their changes.", typeof(Page<RecordItem>),
            (caller, request) => request.After is null
                ? ReadAsync(caller, store.Finder, action, request)
                : WatchRecords.ReadAsync(caller, action, request))
        {
            Description = """
                By key, in the order of its bytes; what never was is empty. A page can be empty and still have a
                `next_cursor`. With `Accept: application/x-ndjson` the answer is everything, as of one moment, a line
                for each record, within 60 seconds; an answer that breaks off is not whole. With `after` the answer is
                the changes after that seq, every one, for which `wait` waits (if very much else lies between, the page
                is empty at once: go on from its `next_after`); with `Accept: text/event-stream` they come as events,
                whose `id` is the seq; `Last-Event-ID` or `after` resumes.
                """,
            Role = Role.Reader,
            Resource = (request, _) => RecordSpace.ResourceOf(RecordSpace.StoredNamespaceOf(request), ""),
            CheckIfRead = Check,
            Within = RecordSpace.StoredNamespaceOf,
            Found = "A page of records; with `after` of changes.",
            OtherAnswerType = typeof(RecordChangePage),
            Lines = "Every record on a line of its own, a `RecordItem`.",
            IsForLines = request => request.After is null,
            WriteLines = (caller, request, begin) => ExportAsync(caller, store, action, request, begin),
            EventType = typeof(RecordChange),
            Follow = (caller, request) => WatchRecords.FollowAsync(caller, action, request),
            Errors = [ErrorCodes.CursorAhead, ErrorCodes.WaitersTooMany, ErrorCodes.ServerOverloaded],
        };
    }

    static void Check(RecordListRequest request, InputErrors errors)
    {
        if (request.After is null)
        {
            if (request.Wait is not null)
                errors.Add("/wait", "`wait` waits for changes: it needs `after`, a seq or `now`.");
            return;
        }

        Refuse("cursor", request.Cursor is not null);
        Refuse("values", request.Values is not null);

        void Refuse(string name, bool isThere)
        {
            if (isThere) errors.Add("/" + name, $"`{name}` belongs to lists; with `after` the answer is changes.");
        }
    }

    static async ValueTask<Failure?> ExportAsync(
        Caller caller, StoreFeature store, string action, RecordListRequest request, Func<PipeWriter?> begin)
    {
        var page = PageOf(request, action);
        return page.Failure is { } wrong
            ? wrong
            : await ExportRecords.ReadAsync(
                caller, store, action, RangeOf(caller, request, page.Value), request.Values ?? true, begin);
    }

    static Outcome<ListPage> PageOf(RecordListRequest request, string action) =>
        ListPage.Of(request, action, within: RecordSpace.StoredNamespaceOf(request));

    static RecordRange RangeOf(Caller caller, RecordListRequest request, ListPage page) => new(
        new NamespaceKey(caller.WorkspaceId, RecordSpace.StoredNamespaceOf(request)), request.Prefix ?? "", page.After,
        caller.Services.Now);

    /// <summary>A page, as JSON.</summary>
    static async ValueTask<Outcome<ReadAnswer>> ReadAsync(
        Caller caller, RecordFinder finder, string action, RecordListRequest request)
    {
        var asked = PageOf(request, action);
        if (asked.Failure is { } wrong) return wrong;
        var (page, withValues) = (asked.Value, request.Values ?? true);
        caller.Look();
        return ReadAnswer.OfJson(await caller.Reads.ReadSnapshotAsync(
            RangeOf(caller, request, page), async (session, range, token) =>
        {
            if (await finder.SelectNamespaceAsync(session, range.NamespaceKey, token) is not { } namespaceRow)
                return RecordJson.Page(_ => { }, nextCursor: null);
            var found = await ScanOf(range, namespaceRow, withValues)
                .ReadAsync(session, caller, action, range.After, page.Limit, token);
            return await RenderAsync(
                session, range, namespaceRow, found.Rows, page.CursorOf(found.Next), withValues, token);
        }, caller.Aborted));
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
