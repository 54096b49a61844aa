using System.Data.Common;
using Baton.Contracts;
using Baton.Contracts.Identity;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Keys;

/// <summary>Lists the workspaces of the server.</summary>
internal static class ListWorkspaces
{
    const int BytesPerItem = 1000;

    public static RouteSpec Spec { get; } = new("workspace.list", "Lists the workspaces of the server, by name.")
    {
        Role = Role.Server,
        Query = [Paging.Limit, Paging.Cursor],
        Answers = [AnswerSpec.Json<Page<WorkspaceInfo>>(200, "A page of workspaces.", "Baton-Seq")],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call)
    {
        var (limit, cursor) = Paging.Read(call);
        if (call.Errors.Any) return call.Errors.ToFailure();
        return await Paging.AnswerAsync(call, await ReadAsync(call.Caller, cursor ?? "", limit));
    }

    public static async ValueTask<Outcome<Page<WorkspaceInfo>>> ReadAsync(Caller caller, string after, int limit)
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
        var found = await scan.ReadAsync(caller, Spec.Action, after, limit);
        return found.ToPage(workspace => workspace);
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
