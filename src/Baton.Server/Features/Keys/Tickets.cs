using Baton.Contracts.Identity;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Keys;

/// <summary>
/// Tickets stand for a key in one GET, for browsers that cannot set headers. Operational: not in the ledger.
/// </summary>
internal sealed class Tickets(OperationRunner runner, Authenticator keys, RowReaders readers) : ITickets
{
    readonly Rows<SecretHash, TicketRow> _tickets = readers.Of(TicketRow.Table);

    public const long LifetimeMicros = 60 * Micros.PerSecond;
    public const string ExpireKind = "ticket.expire";

    /// <inheritdoc/>
    public async ValueTask<Outcome<AdmittedKey>?> UseAsync(string ticket, string path, CancellationToken cancellation)
    {
        var hash = SecretHash.Of(ticket);
        if (await _tickets.GetAsync(hash, cancellation) is not { } known || known.Path != path) return null;
        var use = new UseTicket(hash) { Actor = Actor.System(known.WorkspaceId) };
        var outcome = await runner.RunAsync(use, traceId: null, claim: null, cancellation);
        if (outcome.Failure is { } failure) return failure;
        if (use.Used is not { KeySecret: { } secret } row) return null;
        var key = await keys.FindAsync(secret, cancellation);
        return key is null
            ? null
            : (Outcome<AdmittedKey>?)new AdmittedKey(key, secret, row.WorkspaceId, row.AgentId);
    }
}

/// <summary>Makes a ticket: `ticket.create`.</summary>
internal sealed class CreateTicket(CreateTicketRequest request, string secret, SecretHash keySecret) : Operation
{
    const int MaxPathLength = 2048;

    public override string Name => "ticket.create";

    public override string Resource => "workspace:" + Actor.WorkspaceId;

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

/// <summary>Ends a ticket by using it. In the lane, so that two requests never both use it.</summary>
internal sealed class UseTicket(SecretHash hash) : Operation
{
    public override string Name => "ticket.use";

    public override string Resource => "ticket";

    public TicketRow? Used { get; private set; }

    public override void Reads(ReadSet reads) => reads.Add(TicketRow.Table, hash);

    public override Outcome<Effect> Decide(UnitOfWork work)
    {
        Used = null;
        var row = work.Get(TicketRow.Table, hash);
        if (row is null || row.ExpiresAt <= work.Now) return new Effect(Answer: null);
        work.Delete(TicketRow.Table, hash);
        Used = row;
        return new Effect(Answer: null);
    }
}

/// <summary>An unused ticket is forgotten.</summary>
internal sealed class ExpireTicket(DueRow item) : DueOperation(item)
{
    protected override void Happen(UnitOfWork work) =>
        work.Delete(TicketRow.Table, SecretHash.FromBytes(Convert.FromHexString(Item.Resource)));
}
