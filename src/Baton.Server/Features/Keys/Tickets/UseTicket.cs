using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys.Tickets;

/// <summary>
/// Ends a ticket by using it; answers its row, or nothing where it is not there any more. In the lane, so that two
/// requests never both use it.
/// </summary>
internal sealed class UseTicket(SecretHash hash) : Operation
{
    public override string Name => "ticket.use";

    public override string Resource => "ticket";

    public override void Reads(ReadSet reads) => reads.Add(TicketRow.Table, hash);

    public override Decision Decide(UnitOfWork work)
    {
        var row = work.Get(TicketRow.Table, hash);
        if (row is null || row.ExpiresAt <= work.Now) return new Effect(Answer: null);
        work.Delete(TicketRow.Table, hash);
        return Effect.OfOperational(row);
    }
}
