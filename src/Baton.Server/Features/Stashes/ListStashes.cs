using System.Data.Common;
using Baton.Contracts;
using Baton.Contracts.Stashes;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Pages;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Stashes;

/// <summary>Lists stashes by name.</summary>
internal static class ListStashes
{
    const int BytesPerItem = 700;

    public const string Action = "stash.list";

    public static ReadSpec Spec { get; } = new ListSpec<ListStashesRequest, StashInfo>(
        Action, "Lists the stashes of the workspace, by name.", ReadAsync)
    {
        Description = "Without content. A page can be empty and still have a `next_cursor`: then `q` left much out.",
        Role = Role.Reader,
        Found = "A page of stashes.",
    };

    static async ValueTask<Outcome<Page<StashInfo>>> ReadAsync(
        Caller caller, ListStashesRequest request, ListPage page)
    {
        var (prefix, text) = (request.Prefix ?? "", request.Q);
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
        return page.Answer(
            await scan.ReadAsync(caller, Action, page.After, page.Limit), row => row.ToInfo(caller.Actor));
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
