using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Store.Claims;

/// <summary>Holds a claim for longer: `store.renew`. Operational: not in the ledger.</summary>
internal sealed class RenewClaim(string claimId, RenewClaimRequest request) : Operation
{
    public const string Action = "store.renew";

    public override string Name => Action;

    public override string Resource => ClaimRow.ResourceOf(claimId);

    ClaimKey Id => new(Actor.WorkspaceId, claimId);

    public static RouteSpec Spec { get; } = new(Action, "Holds a claim for longer, from now on.")
    {
        Description = "Not in the ledger. To repeat it is safe: the last one counts.",
        IsOperational = true,
        Resource = call => ClaimRow.ResourceOf(call.Route("claim_id")),
        Path = [ClaimRoutes.ClaimId],
        Body = BodySpec.Json<RenewClaimRequest>(),
        Answers = [AnswerSpec.Json<ClaimRenewed>(200, "The claim is held until then.")],
        Errors = [ErrorCodes.StoreLeaseLost],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call)
    {
        var claimId = call.Route("claim_id");
        _ = call.Query;
        if (call.Errors.Any) return call.Errors.ToFailure();
        var body = await call.ReadJsonAsync<RenewClaimRequest>();
        if (body.Failure is { } malformed) return malformed;
        return await call.CommitAsync(new RenewClaim(claimId, body.Value!) { Actor = call.Actor });
    }

    public override void Validate(InputErrors errors) =>
        ClaimWish.CheckRange("/lease_seconds", request.LeaseSeconds, 1, ClaimWish.MaxLeaseSeconds, errors);

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
