using Baton.Contracts.Identity;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys.Tickets;

/// <summary>Makes a ticket: `ticket.create`.</summary>
internal sealed class CreateTicket(CreateTicketRequest request, string secret, SecretHash keySecret) : Operation
{
    public const string Action = "ticket.create";

    public override string Name => Action;

    public override string Resource => WorkspaceRow.ResourceOf(Actor.WorkspaceId);

    public static OperationSpec Spec { get; } = new OperationSpec<CreateTicketRequest, TicketCreated>(
        Action, "Makes a ticket that opens one GET path, once, within 60 seconds.",
        (request, context) => new CreateTicket(request, IdSource.NextSecret("tkt_"), context.Secret!.Value)
        {
            Actor = context.Actor,
        })
    {
        Description = """
            For browsers, which cannot set headers on EventSource and WebSocket: give it as `?ticket=`. It acts in the
            workspace, and as the agent, of the request that made it, and ends with the secret that made it: a key,
            `Baton-Workspace` or `Baton-Agent` beside it is refused.
            """,
        Role = Role.Reader,
        IsOperational = true,
        Created = "The ticket.",
    };

    public override void Validate(InputErrors errors)
    {
        if (!Names.IsStorable(request.Path)) errors.Add("/path", "The path must not hold U+0000.");
    }

    public override Decision Decide(UnitOfWork work)
    {
        var end = work.Now + TicketAdmission.LifetimeMicros;
        var hash = SecretHash.Of(secret);
        work.Put(TicketRow.Table, new TicketRow(
            hash, Actor.WorkspaceId, Actor.KeyWorkspaceId, Actor.KeyId, Actor.AgentId, request.Path, end,
            keySecret));
        work.Schedule(end, TicketAdmission.ExpireKind, Convert.ToHexStringLower(hash.ToBytes()));
        return Effect.OfOperational(new TicketCreated(secret, request.Path, Micros.ToTime(end)), created: true);
    }
}
