using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys.Tickets;

/// <summary>Forgets a ticket that nobody has used.</summary>
internal sealed class ExpireTicket(DueRow item) : DueOperation(item)
{
    protected override void Happen(UnitOfWork work) =>
        work.Delete(TicketRow.Table, SecretHash.FromBytes(Convert.FromHexString(Item.Resource)));
}
