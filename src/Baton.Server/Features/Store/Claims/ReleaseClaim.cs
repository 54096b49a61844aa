using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Store.Claims;

/// <summary>Ends a claim whose work is not done, so that others can claim the record: `store.release`.</summary>
internal sealed class ReleaseClaim(StoreFeature store, string claimId) : Operation
{
    public const string Action = "store.release";

    readonly byte[] _salt = Commitment.NewSalt();

    public override string Name => Action;

    public override string Resource => ClaimRow.ResourceOf(claimId);

    ClaimKey Id => new(Actor.WorkspaceId, claimId);

    public static OperationSpec SpecOf(StoreFeature store) => new OperationSpec<ReleaseClaimRequest, ClaimEnded>(
        Action, "Gives a claimed record back, so that others can claim it.",
        (request, context) => new ReleaseClaim(store, request.ClaimId) { Actor = context.Actor })
    {
        Description = "What the claim set and nobody touched since goes back to what it was.",
        Resource = (request, _) => ClaimRow.ResourceOf(request.ClaimId),
        Done = "The record as it is now.",
        HasVersion = true,
        Errors = [ErrorCodes.StoreLeaseLost],
    };

    public override void Reads(ReadSet reads) => HeldClaim.Read(reads, Id);

    public override Decision Decide(UnitOfWork work)
    {
        var held = HeldClaim.FindFor(work, Id);
        if (held.Failure is { } lost) return lost;
        var back = held.Value.GiveBack(work, store.Writer, Actor, Action, _salt);
        if (back.Failure is { } failure) return failure;
        var ended = back.Value!.ToEnded();
        return new Effect(ended, ended.Version) { Replay = ended.ForReplay() };
    }
}
