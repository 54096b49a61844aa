using System.Data.Common;
using Baton.Contracts;
using Baton.Contracts.Identity;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Keys;

/// <summary>Lists the keys of a workspace, without their secrets.</summary>
internal static class ListKeys
{
    const int BytesPerItem = 3000;

    public static RouteSpec Spec { get; } = new("key.list", "Lists the keys of the workspace, by id, without secrets.")
    {
        Role = Role.Admin,
        Query = [Paging.Limit, Paging.Cursor],
        Answers = [AnswerSpec.Json<Page<KeyInfo>>(200, "A page of keys.", "Baton-Seq")],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call)
    {
        var (limit, cursor) = Paging.Read(call);
        if (call.Errors.Any) return call.Errors.ToFailure();
        return await Paging.AnswerAsync(call, await ReadAsync(call.Caller, cursor ?? "", limit));
    }

    public static async ValueTask<Outcome<Page<KeyInfo>>> ReadAsync(Caller caller, string after, int limit)
    {
        caller.Look();
        var now = caller.Services.Now;
        var scan = new PageScan<ApiKeyRow>
        {
            Select = (session, place, count) => Select(session, caller.WorkspaceId, place, count),
            Read = ApiKeyRow.Table.Read,
            PlaceOf = row => row.KeyId,
            ResourceOf = row => row.Resource,
            IsLive = row => row.Life.IsLive(now),
            SizeOf = _ => BytesPerItem,
        };
        var found = await scan.ReadAsync(caller, Spec.Action, after, limit);
        return found.ToPage(row => row.ToInfo());
    }

    static DbCommand Select(ReadSession session, string workspaceId, string place, long count) =>
        session.Command(
            """
            SELECT workspace_id, key_id, name, agent_id, role, version, secret_hash, old_secret_hash, old_secret_until,
                   created_at, created_by, expires_at, rate_requests, rate_seconds, created_seq, updated_seq
            FROM api_key WHERE workspace_id = @workspace_id AND key_id > @after ORDER BY key_id LIMIT @limit
            """,
            ("@workspace_id", workspaceId), ("@after", place), ("@limit", count));
}
