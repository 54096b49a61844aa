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
    /// <summary>Rows that one request looks at: those of expired keys stay for a moment.</summary>
    const int MaxScanned = 10_000;

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
        return await caller.Reads.ReadAsync((caller, after, limit), ReadPageAsync, caller.Aborted);
    }

    static async ValueTask<Page<KeyInfo>> ReadPageAsync(
        ReadSession session, (Caller Caller, string After, int Limit) page, CancellationToken cancellation)
    {
        var caller = page.Caller;
        var (items, next) = await RowScan.PageAsync(
            page.After, page.Limit, MaxScanned,
            (cursor, count) => Select(session, caller.WorkspaceId, cursor, count),
            reader =>
            {
                var row = ApiKeyRow.Table.Read(reader);
                var isThere = !(row.ExpiresAt <= caller.Services.Now) && caller.MaySee(Spec.Action, row.Resource);
                return (row.KeyId, isThere ? row.ToInfo() : null);
            }, cancellation);
        return new Page<KeyInfo>(items, next);
    }

    static DbCommand Select(ReadSession session, string workspaceId, string cursor, long count) => session.Command(
        """
        SELECT workspace_id, key_id, name, agent_id, role, version, secret_hash, old_secret_hash, old_secret_until,
               created_at, created_by, expires_at, rate_requests, rate_seconds, created_seq, updated_seq
        FROM api_key WHERE workspace_id = @workspace_id AND key_id > @cursor ORDER BY key_id LIMIT @limit
        """,
        ("@workspace_id", workspaceId), ("@cursor", cursor), ("@limit", count));
}
