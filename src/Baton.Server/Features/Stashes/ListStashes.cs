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
        var now = caller.Services.Now;
        var scan = new PageScan<StashRow>
        {
            Select = (session, place, count) => Select(session, caller.WorkspaceId, prefix, place, count),
            Read = StashRow.Table.Read,
            PlaceOf = row => row.Name,
            ResourceOf = row => row.Resource,
            IsLive = row => row.IsLive(now),
            Wants = row => text is null || row.Name.Contains(text, StringComparison.OrdinalIgnoreCase),
            SizeOf = _ => BytesPerItem,
        };
        var found = await scan.ReadAsync(caller, Spec.Action, after, limit);
        return found.ToPage(row => row.ToInfo(caller.Actor));
    }

    static DbCommand Select(
        ReadSession session, string workspaceId, string prefix, string place, long count) =>
        session.Command(
            """
            SELECT workspace_id, name, version, history, size, content_type, digest, created_at, created_by, updated_at,
                   updated_by, expires_at, deleted_at, schema_id, discoverable, created_seq, updated_seq
            FROM stash
            WHERE workspace_id = @workspace_id AND name >= @from AND name < @to
            ORDER BY name LIMIT @limit
            """,
            ("@workspace_id", workspaceId),
            ("@from", NameRange.From(prefix, place)), ("@to", NameRange.To(prefix)),
            ("@limit", count));
}
