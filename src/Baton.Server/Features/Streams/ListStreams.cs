using System.Data.Common;
using Baton.Contracts;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Pages;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Streams;

/// <summary>Lists streams by name.</summary>
internal static class ListStreams
{
    const int BytesPerItem = 900;

    public const string Action = "stream.list";

    public static ReadSpec Spec { get; } = new ListSpec<ListStreamsRequest, StreamInfo>(
        Action, "Lists the streams of the workspace, by name.", ReadAsync)
    {
        Description = """
            With `name` it is that one stream with its settings and counts, or none. A page can be empty and still have
            a `next_cursor`: then the filters left much out.
            """,
        Role = Role.Reader,
        Found = "A page of streams, without entries.",
    };

    static async ValueTask<Outcome<Page<StreamInfo>>> ReadAsync(
        Caller caller, ListStreamsRequest request, ListPage page)
    {
        var (text, linkedStash) = (request.Q, request.LinkedStash);
        caller.Look();
        var now = caller.Services.Now;
        var scan = new PageScan<StreamRow>
        {
            Select = (session, place, count) => Select(session, caller.WorkspaceId, request.Name, place, count),
            Read = StreamRow.Table.Read,
            PlaceOf = row => row.Name,
            ResourceOf = row => row.Resource,
            IsLive = row => row.IsLive(now),
            Wants = row =>
                (text is null || row.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
                && (linkedStash is null || row.LinkedStash == linkedStash),
            SizeOf = _ => BytesPerItem,
        };
        return await caller.Reads.ReadSnapshotAsync(scan, async (session, _, token) =>
        {
            var found = await scan.ReadAsync(session, caller, Action, page.After, page.Limit, token);
            var items = new List<StreamInfo>();
            foreach (var row in found.Rows)
                items.Add(row.ToInfo(caller.Actor, await StreamFinder.FirstLiveAsync(session, row, now, token)));
            return new Page<StreamInfo>(items, page.CursorOf(found.Next));
        }, caller.Aborted);
    }

    static DbCommand Select(
        ReadSession session, string workspaceId, string? name, string place, long count) =>
        session.Command(
            """
            SELECT s.workspace_id, s.stream_id, s.name, s.version, s.ttl_seconds, s.discoverable, s.max_entries,
                   s.is_pruning, s.retention_seconds, s.renews_on_access, s.schema_id, s.linked_stash, s.created_at,
                   s.created_by, s.expires_at, s.deleted_at, s.first_entry, s.last_entry, s.stored_from, s.consumers,
                   s.retain_at, s.erase_at, s.created_seq, s.updated_seq
            FROM stream_name n JOIN stream s ON s.workspace_id = n.workspace_id AND s.stream_id = n.stream_id
            WHERE n.workspace_id = @workspace_id AND n.name >= @from AND n.name <= @to
            ORDER BY n.name LIMIT @limit
            """,
            ("@workspace_id", workspaceId),
            ("@from", NameRange.From(name ?? "", place)), ("@to", name ?? "\x7f"), ("@limit", count));
}
