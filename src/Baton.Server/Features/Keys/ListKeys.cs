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
        var rows = await caller.Reads.ReadAsync(
            (caller.WorkspaceId, Cursor: after, limit), SelectAsync, caller.Aborted);
        var now = caller.Services.Now;
        var items = rows
            .Where(row => row.ExpiresAt is null || row.ExpiresAt > now)
            .Where(row => caller.MaySee(Spec.Action, row.Resource))
            .Select(row => row.ToInfo()).ToList();
        return new Page<KeyInfo>(items, rows.Count == limit ? rows[^1].KeyId : null);
    }

    static async ValueTask<List<ApiKeyRow>> SelectAsync(
        ReadSession session, (string WorkspaceId, string Cursor, int Limit) page, CancellationToken cancellation)
    {
        var rows = new List<ApiKeyRow>();
        var command = session.Command(
            """
            SELECT workspace_id, key_id, name, agent_id, role, version, secret_hash, old_secret_hash, old_secret_until,
                   created_at, created_by, expires_at, rate_requests, rate_seconds, created_seq, updated_seq
            FROM api_key WHERE workspace_id = @workspace_id AND key_id > @cursor ORDER BY key_id LIMIT @limit
            """,
            ("@workspace_id", page.WorkspaceId), ("@cursor", page.Cursor), ("@limit", (long)page.Limit));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) rows.Add(ApiKeyRow.Table.Read(reader));
        return rows;
    }
}
