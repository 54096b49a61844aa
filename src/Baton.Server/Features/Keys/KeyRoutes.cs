using Baton.Contracts.Identity;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

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
}
