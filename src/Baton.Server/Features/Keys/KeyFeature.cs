using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Identity;
using Baton.Server.Platform;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys;

/// <summary>Keys, workspaces and tickets: every route on one screen.</summary>
internal sealed class KeyFeature(IdSource ids, Tickets tickets, Bootstrap bootstrap)
{
    readonly KeyRoutes _routes = new(ids);

    public void AddTo(Registrations server)
    {
        server.Tickets = tickets;
        server.AtStart(bootstrap.RunAsync);
        server.DueKinds.Add(
            CreateKey.ExpireKind, item => new ExpireKey(item) { Actor = Actor.System(item.WorkspaceId) });
        server.DueKinds.Add(
            RotateKey.EndOldKind, item => new EndOldSecret(item) { Actor = Actor.System(item.WorkspaceId) });
        server.DueKinds.Add(
            Tickets.ExpireKind, item => new ExpireTicket(item) { Actor = Actor.System(item.WorkspaceId) });
    }

    public void Map(Routes routes)
    {
        routes.Post("/keys", s_create, _routes.CreateAsync);
        routes.Get("/keys", ListKeys.Spec, ListKeys.HandleAsync);
        routes.Delete("/keys/{key_id}", s_revoke, KeyRoutes.RevokeAsync);
        routes.Post("/keys/{key_id}/rotate", s_rotate, KeyRoutes.RotateAsync);
        routes.Post("/workspaces", s_createWorkspace, _routes.CreateWorkspaceAsync);
        routes.Get("/workspaces", ListWorkspaces.Spec, ListWorkspaces.HandleAsync);
        routes.Post("/tickets", s_ticket, KeyRoutes.CreateTicketAsync);
    }

    static readonly ParameterSpec s_keyId = new("key_id", "string", "The id of a key, `key_…`.");

    static readonly RouteSpec s_create = new("key.create", "Makes an API key and shows its secret, once.")
    {
        Role = Role.Admin,
        IsMutation = true,
        Body = BodySpec.Json<CreateKeyRequest>(),
        Answers = [AnswerSpec.Json<KeyCreated>(201, "The key, with its secret.", "Baton-Seq", "ETag")],
    };

    static readonly RouteSpec s_revoke = new("key.revoke", "Ends a key at once.")
    {
        Role = Role.Admin,
        IsMutation = true,
        Resource = KeyOf,
        Path = [s_keyId],
        Answers = [AnswerSpec.Json<Deleted>(200, "The key has ended.", "Baton-Seq", "ETag")],
        Errors = [ErrorCodes.KeyNotFound, ErrorCodes.KeyRevokesItself],
    };

    static readonly RouteSpec s_rotate = new(
        "key.rotate", "Gives a key a new secret; the old one may work on for a grace.")
    {
        Role = Role.Admin,
        IsMutation = true,
        Resource = KeyOf,
        Path = [s_keyId],
        Body = BodySpec.Json<RotateKeyRequest>(),
        Answers = [AnswerSpec.Json<KeyCreated>(200, "The key, with its new secret.", "Baton-Seq", "ETag")],
        Errors = [ErrorCodes.KeyNotFound],
    };

    static readonly RouteSpec s_createWorkspace = new("workspace.create", "Makes a workspace and its first admin key.")
    {
        Description = "The answer's `seq` is a commit of the new workspace, whose ledger begins with this operation.",
        Role = Role.Server,
        IsMutation = true,
        Body = BodySpec.Json<CreateWorkspaceRequest>(),
        Answers = [AnswerSpec.Json<WorkspaceCreated>(201, "The workspace, with its first key.", "Baton-Seq")],
        Errors = [ErrorCodes.WorkspaceNameTaken],
    };

    static readonly RouteSpec s_ticket = new(
        "ticket.create", "Makes a ticket that opens one GET path, once, within 60 seconds.")
    {
        Description = """
            For browsers, which cannot set headers on EventSource and WebSocket: give it as `?ticket=`. It acts in the
            workspace, and as the agent, of the request that made it, and ends with the secret that made it: a key,
            `Baton-Workspace` or `Baton-Agent` beside it is refused.
            """,
        Role = Role.Reader,
        IsOperational = true,
        Body = BodySpec.Json<CreateTicketRequest>(),
        Answers = [AnswerSpec.Json<TicketCreated>(201, "The ticket.")],
    };

    static string KeyOf(HttpCall call) => ApiKeyRow.ResourceOf(call.Route("key_id"));
}
