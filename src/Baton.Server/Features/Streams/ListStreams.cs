using System.Data.Common;
using Baton.Contracts;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Streams;

/// <summary>Lists streams by name.</summary>
internal static class ListStreams
{
    /// <summary>Rows that one request looks at, when its filters leave most of them out.</summary>
    const int MaxScanned = 10_000;

    const int BytesPerItem = 900;

    public static RouteSpec Spec { get; } = new("stream.list", "Lists the streams of the workspace, by name.")
    {
        Description = """
            With `name` it is that one stream with its settings and counts, or none. A page can be empty and still have
            a `next_cursor`: then the filters left much out.
            """,
        Role = Role.Reader,
        Query =
        [
            new("name", "string", "Only the stream of exactly this name.") { MaxLength = Names.MaxLength },
            new("q", "string", "Only names that hold this text, in any case.") { MaxLength = Names.MaxLength },
            new("linked_stash", "string", "Only those about this stash.") { MaxLength = Names.MaxLength },
            Paging.Limit,
            Paging.Cursor,
        ],
        Answers = [AnswerSpec.Json<Page<StreamInfo>>(200, "A page of streams, without entries.", "Baton-Seq")],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call)
    {
        var (limit, cursor) = Paging.Read(call);
        var name = call.Query.Text("name", Names.MaxLength);
        var text = call.Query.Text("q", Names.MaxLength);
        var linkedStash = call.Query.Text("linked_stash", Names.MaxLength);
        if (call.Errors.Any) return call.Errors.ToFailure();
        return await Paging.AnswerAsync(
            call, await ReadAsync(call.Caller, name, text, linkedStash, cursor ?? "", limit));
    }

    /// <summary>A page of the streams after a name, whose `next_cursor` is the name that it has reached.</summary>
    public static async ValueTask<Outcome<Page<StreamInfo>>> ReadAsync(
        Caller caller, string? name, string? text, string? linkedStash, string after, int limit)
    {
        caller.Look();
        var most = Math.Min(limit, PageBounds.MaxBytes / BytesPerItem);
        var request = new Request(caller, name, text, linkedStash, after, most, caller.Services.Now);
        return await caller.Reads.ReadSnapshotAsync(request, ReadPageAsync, caller.Aborted);
    }

    static async ValueTask<Page<StreamInfo>> ReadPageAsync(
        ReadSession session, Request request, CancellationToken cancellation)
    {
        var (rows, next) = await ReadRowsAsync(session, request, cancellation);
        var items = new List<StreamInfo>();
        foreach (var row in rows)
            items.Add(row.ToInfo(
                request.Caller.Actor, await StreamFinder.FirstLiveAsync(session, row, request.Now, cancellation)));
        return new Page<StreamInfo>(items, next);
    }

    static ValueTask<(List<StreamRow> Rows, string? Next)> ReadRowsAsync(
        ReadSession session, Request request, CancellationToken cancellation) =>
        RowScan.PageAsync(
            request.Cursor, request.Limit, MaxScanned, (cursor, count) => Select(session, request, cursor, count),
            reader =>
            {
                var row = StreamRow.Table.Read(reader);
                return (row.Name, request.Wants(row) ? row : null);
            }, cancellation);

    static DbCommand Select(ReadSession session, Request request, string cursor, long count) =>
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
            ("@workspace_id", request.Caller.WorkspaceId),
            ("@from", NameRange.From(request.Name ?? "", cursor)), ("@to", request.Name ?? "\x7f"), ("@limit", count));

    sealed record Request(
        Caller Caller, string? Name, string? Text, string? LinkedStash, string Cursor, int Limit, long Now)
    {
        public bool Wants(StreamRow row) =>
            row.IsLive(Now)
            && (Text is null || row.Name.Contains(Text, StringComparison.OrdinalIgnoreCase))
            && (LinkedStash is null || row.LinkedStash == LinkedStash)
            && Caller.MaySee(Spec.Action, row.Resource);
    }
}
