using Baton.Server.Features.Keys.Tickets;
using Baton.Server.Platform;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys;

/// <summary>Keys, workspaces and tickets: every route on one screen.</summary>
internal sealed class KeyFeature(IdSource ids, TicketAdmission tickets, Bootstrap bootstrap)
{
    public void AddTo(Registrations server)
    {
        server.Tickets = tickets;
        server.AtStart(bootstrap.RunAsync);
        server.DueKinds.Add(
            CreateKey.ExpireKind, item => new ExpireKey(item) { Actor = Actor.System(item.WorkspaceId) });
        server.DueKinds.Add(
            RotateKey.EndOldKind, item => new EndOldSecret(item) { Actor = Actor.System(item.WorkspaceId) });
        server.DueKinds.Add(
            TicketAdmission.ExpireKind, item => new ExpireTicket(item) { Actor = Actor.System(item.WorkspaceId) });
        server.Operations.Add(CreateKey.SpecOf(ids));
        server.Operations.Add(RevokeKey.Spec);
        server.Operations.Add(RotateKey.Spec);
        server.Operations.Add(CreateWorkspace.SpecOf(ids));
        server.Operations.Add(CreateTicket.Spec);
        server.Reads.Add(ListKeys.Spec);
        server.Reads.Add(ListWorkspaces.Spec);
    }

    public static void Map(Routes routes)
    {
        routes.Post("/keys", CreateKey.Action);
        routes.Get("/keys", ListKeys.Action);
        routes.Delete("/keys/{key_id}", RevokeKey.Action);
        routes.Post("/keys/{key_id}/rotate", RotateKey.Action);
        routes.Post("/workspaces", CreateWorkspace.Action);
        routes.Get("/workspaces", ListWorkspaces.Action);
        routes.Post("/tickets", CreateTicket.Action);
    }
}
