using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys;

/// <summary>An unused ticket is forgotten.</summary>
internal sealed class ExpireTicket(DueRow item) : DueOperation(item)
{
    protected override void Happen(UnitOfWork work) =>
        work.Delete(TicketRow.Table, SecretHash.FromBytes(Convert.FromHexString(Item.Resource)));
}
