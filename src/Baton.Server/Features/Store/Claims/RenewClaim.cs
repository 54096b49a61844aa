using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Store.Claims;

/// <summary>
/// Holds a claim for longer: `store.renew`. It is operational, which means that it is not in the ledger.
/// </summary>
internal sealed class RenewClaim(RenewClaimRequest request) : Operation
{
    public const string Action = "store.renew";

    public override string Name => Action;

    public override string Resource => ClaimRow.ResourceOf(request.ClaimId);

    ClaimKey Id => new(Actor.WorkspaceId, request.ClaimId);

    public static OperationSpec Spec { get; } = new OperationSpec<RenewClaimRequest, ClaimRenewed>(
        Action, "Holds a claim for longer, from now on.",
        (request, context) => new RenewClaim(request) { Actor = context.Actor })
    {
        Description = "Not in the ledger. To repeat it is safe: the last one counts.",
        IsOperational = true,
        Resource = (request, _) => ClaimRow.ResourceOf(request.ClaimId),
        Done = "The claim is held until then.",
        Errors = [ErrorCodes.StoreLeaseLost],
    };

    public override void Reads(ReadSet reads) => HeldClaim.Read(reads, Id);

    public override Decision Decide(UnitOfWork work)
    {
        var found = HeldClaim.FindFor(work, Id);
        if (found.Failure is { } lost) return lost;
        var claim = found.Value.Claim;
        var renewed = claim with
        {
            Lease = ClaimRow.Leases.Renew(work, claim.ClaimId, claim.Lease, request.LeaseSeconds),
        };
        work.Put(ClaimRow.Table, renewed);
        return Effect.OfOperational(
            new ClaimRenewed(claim.ClaimId, claim.Lease.Fence, Micros.ToTime(renewed.Lease.Until)));
    }
}
