using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane.RowSets;

namespace Baton.Server.Features.Store.Claims;

/// <summary>
/// Gives back a record when the lease of its claim has ended: `store.lease_expired`, by the actor `system`.
/// </summary>
internal sealed class ExpireLease(DueRow item, RecordWriter writer) : DueOperation(item)
{
    public const string Kind = "store.lease_expired";

    readonly byte[] _salt = Commitment.NewSalt();

    ClaimKey Id => new(Item.WorkspaceId, Item.Resource);

    public override void Reads(ReadSet reads) => HeldClaim.Read(reads, Id);

    protected override void Happen(UnitOfWork work)
    {
        if (work.Get(ClaimRow.Table, Id) is not { } claim || claim.Lease.Until != Item.DueAt) return;
        if (HeldClaim.Find(work, Id) is not { } held)
        {
            claim.Forget(work);
            return;
        }

        var back = held.GiveBack(work, writer, Actor, Kind, _salt);
        if (back.Failure is { } failure)
            throw new InvalidOperationException($"A lease could not end: {failure.Code.Code}");
    }
}
