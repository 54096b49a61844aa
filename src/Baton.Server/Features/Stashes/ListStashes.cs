using System.Data.Common;
using Baton.Contracts;
using Baton.Contracts.Stashes;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Stashes;

/// <summary>Lists stashes by name.</summary>
internal static class ListStashes
{
    /// <summary>Rows that one request looks at, when its filter leaves most of them out.</summary>
    const int MaxScanned = 10_000;

    const int BytesPerItem = 700;

    public static RouteSpec Spec { get; } = new("stash.list", "Lists the stashes of the workspace, by name.")
    {
        Description = "Without content. A page can be empty and still have a `next_cursor`: then `q` left much out.",
        Role = Role.Reader,
        Query =
        [
            new("prefix", "string", "Only names that begin so.") { MaxLength = Names.MaxLength },
            new("q", "string", "Only names that hold this text, in any case.") { MaxLength = Names.MaxLength },
            Paging.Limit,
            Paging.Cursor,
        ],
        Answers = [AnswerSpec.Json<Page<StashInfo>>(200, "A page of stashes.", "Baton-Seq")],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call)
    {
        var (limit, cursor) = Paging.Read(call);
        var prefix = call.Query.Text("prefix", Names.MaxLength) ?? "";
        var text = call.Query.Text("q", Names.MaxLength);
        if (call.Errors.Any) return call.Errors.ToFailure();
        return await Paging.AnswerAsync(call, await ReadAsync(call.Caller, prefix, text, cursor ?? "", limit));
    }

    /// <summary>A page of the stashes after a name, whose `next_cursor` is the name that it has reached.</summary>
    public static async ValueTask<Outcome<Page<StashInfo>>> ReadAsync(
        Caller caller, string prefix, string? text, string after, int limit)
    {
        caller.Look();
        var most = Math.Min(limit, PageBounds.MaxBytes / BytesPerItem);
        return await caller.Reads.ReadAsync(
            new Request(caller, prefix, text, after, most, caller.Services.Now), ReadPageAsync, caller.Aborted);
    }

    static async ValueTask<Page<StashInfo>> ReadPageAsync(
        ReadSession session, Request request, CancellationToken cancellation)
    {
        var (items, next) = await RowScan.PageAsync(
            request.Cursor, request.Limit, MaxScanned, (cursor, count) => Select(session, request, cursor, count),
            reader =>
            {
                var row = StashRow.Table.Read(reader);
                return (row.Name, request.Wants(row) ? row.ToInfo(request.Caller.Actor) : null);
            }, cancellation);
        return new Page<StashInfo>(items, next);
    }

    static DbCommand Select(ReadSession session, Request request, string cursor, long count) =>
        session.Command(
            """
            SELECT workspace_id, name, version, history, size, content_type, digest, created_at, created_by, updated_at,
                   updated_by, expires_at, deleted_at, schema_id, discoverable, created_seq, updated_seq
            FROM stash
            WHERE workspace_id = @workspace_id AND name >= @from AND name < @to
            ORDER BY name LIMIT @limit
            """,
            ("@workspace_id", request.Caller.WorkspaceId),
            ("@from", NameRange.From(request.Prefix, cursor)), ("@to", NameRange.To(request.Prefix)),
            ("@limit", count));

    sealed record Request(Caller Caller, string Prefix, string? Text, string Cursor, int Limit, long Now)
    {
        public bool Wants(StashRow row) =>
            row.IsLive(Now)
            && (Text is null || row.Name.Contains(Text, StringComparison.OrdinalIgnoreCase))
            && Caller.MaySee(Spec.Action, row.Resource);
    }
}
