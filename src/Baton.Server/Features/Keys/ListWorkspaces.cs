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
    /// <summary>Rows that one request looks at, if most of them are not there for the caller.</summary>
    const int MaxScanned = 10_000;

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
        return await caller.Reads.ReadAsync((caller, after, limit), ReadPageAsync, caller.Aborted);
    }

    static async ValueTask<Page<WorkspaceInfo>> ReadPageAsync(
        ReadSession session, (Caller Caller, string After, int Limit) page, CancellationToken cancellation)
    {
        var (items, next) = await RowScan.PageAsync(
            page.After, page.Limit, MaxScanned, (cursor, count) => Select(session, cursor, count),
            reader =>
            {
                var item = new WorkspaceInfo(
                    reader.GetString(0), reader.GetString(1), Micros.ToTime(reader.GetInt64(2)));
                var isThere = page.Caller.MaySee(Spec.Action, WorkspaceRow.ResourceOf(item.WorkspaceId));
                return (item.Name, isThere ? item : null);
            }, cancellation);
        return new Page<WorkspaceInfo>(items, next);
    }

    static DbCommand Select(ReadSession session, string cursor, long count) => session.Command(
        """
        SELECT w.workspace_id, w.name, w.created_at FROM workspace_name n
        JOIN workspace w ON w.workspace_id = n.workspace_id
        WHERE n.name > @cursor ORDER BY n.name LIMIT @limit
        """,
        ("@cursor", cursor), ("@limit", count));
}
