using Baton.Contracts;
using Baton.Contracts.Identity;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Keys;

/// <summary>The handlers of the identity routes.</summary>
internal sealed class KeyRoutes(IdSource ids)
{
    public async ValueTask<Failure?> CreateAsync(HttpCall call)
    {
        var body = await call.ReadJsonAsync<CreateKeyRequest>();
        if (body.Failure is { } failure) return failure;
        return await call.CommitAsync(
            new CreateKey(body.Value!, ids.Next("key_"), IdSource.NextSecret("btn_"))
            {
                Actor = call.Actor,
            });
    }

    public static async ValueTask<Failure?> ListAsync(HttpCall call)
    {
        var (limit, cursor) = Paging.Read(call);
        if (call.Errors.Any) return call.Errors.ToFailure();
        return await Paging.AnswerAsync(call, await ReadKeysAsync(call.Caller, call.Spec.Action, cursor ?? "", limit));
    }

    static async ValueTask<Outcome<Page<KeyInfo>>> ReadKeysAsync(
        Caller caller, string action, string after, int limit)
    {
        caller.Look();
        var rows = await caller.Reads.ReadAsync(
            (caller.WorkspaceId, Cursor: after, limit), ListKeysAsync, caller.Aborted);
        var now = caller.Services.Now;
        var items = rows
            .Where(row => row.ExpiresAt is null || row.ExpiresAt > now)
            .Where(row => caller.MaySee(action, row.Resource))
            .Select(row => row.ToInfo()).ToList();
        return new Page<KeyInfo>(items, rows.Count == limit ? rows[^1].KeyId : null);
    }

    public static ValueTask<Failure?> RevokeAsync(HttpCall call) =>
        call.CommitAsync(new RevokeKey(call.Route("key_id")) { Actor = call.Actor });

    public static async ValueTask<Failure?> RotateAsync(HttpCall call)
    {
        var body = await call.ReadJsonAsync<RotateKeyRequest>();
        if (body.Failure is { } failure) return failure;
        return await call.CommitAsync(
            new RotateKey(call.Route("key_id"), body.Value!.GraceSeconds, IdSource.NextSecret("btn_"))
            {
                Actor = call.Actor,
            });
    }

    public async ValueTask<Failure?> CreateWorkspaceAsync(HttpCall call)
    {
        var body = await call.ReadJsonAsync<CreateWorkspaceRequest>();
        if (body.Failure is { } failure) return failure;
        var actor = call.Actor with { WorkspaceId = NewWorkspaceId(call) };
        return await call.CommitAsync(new CreateWorkspace(
            body.Value!.Name, ids.Next("key_"), IdSource.NextSecret("btn_"), Role.Admin)
        {
            Actor = actor,
        });
    }

    /// <summary>
    /// Outcomes are kept in the workspace in which an operation acts, which here is the new one: the same
    /// Idempotency-Key must lead to the same workspace to find its outcome.
    /// </summary>
    string NewWorkspaceId(HttpCall call) => call.Header("Idempotency-Key") is { } key
        ? IdSource.Of("ws_", $"{call.Actor.WorkspaceId}/{call.Actor.KeyId}/{call.Actor.AgentId}/{key}")
        : ids.Next("ws_");

    public static async ValueTask<Failure?> ListWorkspacesAsync(HttpCall call)
    {
        var (limit, cursor) = Paging.Read(call);
        if (call.Errors.Any) return call.Errors.ToFailure();
        return await Paging.AnswerAsync(call, await ReadWorkspacesAsync(call.Caller, cursor ?? "", limit));
    }

    static async ValueTask<Outcome<Page<WorkspaceInfo>>> ReadWorkspacesAsync(
        Caller caller, string after, int limit)
    {
        caller.Look();
        var items = await caller.Reads.ReadAsync((Cursor: after, limit), ListWorkspacesAsync, caller.Aborted);
        return new Page<WorkspaceInfo>(items, items.Count == limit ? items[^1].Name : null);
    }

    public static async ValueTask<Failure?> CreateTicketAsync(HttpCall call)
    {
        var body = await call.ReadJsonAsync<CreateTicketRequest>();
        if (body.Failure is { } failure) return failure;
        _ = call.Query;
        if (call.Errors.Any) return call.Errors.ToFailure();
        var create = new CreateTicket(body.Value!, IdSource.NextSecret("tkt_"), call.Caller.Secret)
        {
            Actor = call.Actor,
        };
        var outcome = await call.RunOperationalAsync(create);
        if (outcome.Failure is { } refused) return refused;
        await call.AnswerAsync(201, create.Created!);
        return null;
    }

    static async ValueTask<List<ApiKeyRow>> ListKeysAsync(
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

    static async ValueTask<List<WorkspaceInfo>> ListWorkspacesAsync(
        ReadSession session, (string Cursor, int Limit) page, CancellationToken cancellation)
    {
        var items = new List<WorkspaceInfo>();
        var command = session.Command(
            """
            SELECT w.workspace_id, w.name, w.created_at FROM workspace_name n
            JOIN workspace w ON w.workspace_id = n.workspace_id
            WHERE n.name > @cursor ORDER BY n.name LIMIT @limit
            """,
            ("@cursor", page.Cursor), ("@limit", (long)page.Limit));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            items.Add(new WorkspaceInfo(reader.GetString(0), reader.GetString(1), Micros.ToTime(reader.GetInt64(2))));
        return items;
    }
}
