using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Keys.Tickets;

/// <summary>
/// Tickets stand for a key in one GET, for browsers that cannot set headers. Operational: not in the ledger.
/// </summary>
internal sealed class TicketAdmission(OperationRunner runner, Authenticator keys, RowReaders readers) : ITickets
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
        var outcome = await runner.RunAsync(use, traceId: null, idempotencyKey: null, cancellation);
        if (outcome.Failure is { } failure) return failure;
        if (outcome.Value!.Operational is not TicketRow { KeySecret: { } secret } row) return null;
        var key = await keys.FindAsync(secret, cancellation);
        return key is null
            ? null
            : (Outcome<AdmittedKey>?)new AdmittedKey(key, secret, row.WorkspaceId, row.AgentId);
    }
}
