using Baton.Contracts.Identity;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys;

/// <summary>Makes a ticket: `ticket.create`.</summary>
internal sealed class CreateTicket(CreateTicketRequest request, string secret, SecretHash keySecret) : Operation
{
    const int MaxPathLength = 2048;

    public override string Name => "ticket.create";

    public override string Resource => WorkspaceRow.ResourceOf(Actor.WorkspaceId);

    public TicketCreated? Created { get; private set; }

    public override void Validate(InputErrors errors)
    {
        if (!request.Path.StartsWith('/') || request.Path.Length > MaxPathLength
            || request.Path.Contains('?', StringComparison.Ordinal))
            errors.Add(
                "/path",
                $"The path must begin with a slash, hold no query and at most {MaxPathLength} characters.");
        if (!Names.IsStorable(request.Path)) errors.Add("/path", "The path must not hold U+0000.");
    }

    public override Outcome<Effect> Decide(UnitOfWork work)
    {
        var end = work.Now + Tickets.LifetimeMicros;
        var hash = SecretHash.Of(secret);
        work.Put(TicketRow.Table, new TicketRow(
            hash, Actor.WorkspaceId, Actor.HomeId, Actor.KeyId, Actor.AgentId, request.Path, end, keySecret));
        work.Schedule(end, Tickets.ExpireKind, Convert.ToHexStringLower(hash.ToBytes()));
        Created = new TicketCreated(secret, request.Path, Micros.ToTime(end));
        return new Effect(Answer: null);
    }
}
