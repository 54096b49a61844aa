using System.Data.Common;
using Baton.Contracts;
using Baton.Contracts.Identity;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Pages;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Keys;

/// <summary>Lists the workspaces of the server.</summary>
internal static class ListWorkspaces
{
    const int BytesPerItem = 1000;

    public const string Action = "workspace.list";

    public static ReadSpec Spec { get; } = new ListSpec<ListWorkspacesRequest, WorkspaceInfo>(
        Action, "Lists the workspaces of the server, by name.", ReadAsync)
    {
        Role = Role.Server,
        Found = "A page of workspaces.",
    };

    static async ValueTask<Outcome<Page<WorkspaceInfo>>> ReadAsync(
        Caller caller, ListWorkspacesRequest request, ListPage page)
    {
        caller.Look();
        var scan = new PageScan<WorkspaceInfo>
        {
            Select = Select,
            Read = reader => new WorkspaceInfo(
                reader.GetString(0), reader.GetString(1), Micros.ToTime(reader.GetInt64(2))),
            PlaceOf = workspace => workspace.Name,
            ResourceOf = workspace => WorkspaceRow.ResourceOf(workspace.WorkspaceId),
            IsLive = _ => true,
            SizeOf = _ => BytesPerItem,
        };
        return page.Answer(await scan.ReadAsync(caller, Action, page.After, page.Limit), workspace => workspace);
    }

    static DbCommand Select(ReadSession session, string place, long count) =>
        session.Command(
            """
            SELECT w.workspace_id, w.name, w.created_at FROM workspace_name n
            JOIN workspace w ON w.workspace_id = n.workspace_id
            WHERE n.name > @after ORDER BY n.name LIMIT @limit
            """,
            ("@after", place), ("@limit", count));
}
