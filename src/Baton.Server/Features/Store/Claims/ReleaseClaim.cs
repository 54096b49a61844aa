using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Store.Claims;

/// <summary>Ends a claim without its work done: `store.release`.</summary>
internal sealed class ReleaseClaim(StoreFeature store, string claimId) : Operation
{
    public const string Action = "store.release";

    readonly byte[] _salt = Commitment.NewSalt();

    public override string Name => Action;

    public override string Resource => ClaimRow.ResourceOf(claimId);

    ClaimKey Id => new(Actor.WorkspaceId, claimId);

    public static RouteSpec Spec { get; } = new(Action, "Gives a claimed record back, for others to claim.")
    {
        Description = "What the claim set and nobody touched since goes back to what it was.",
        IsMutation = true,
        Resource = call => ClaimRow.ResourceOf(call.Route("claim_id")),
        Path = [ClaimRoutes.ClaimId],
        Answers = [AnswerSpec.Json<ClaimEnded>(200, "The record as it is now.", "Baton-Seq", "ETag")],
        Errors = [ErrorCodes.StoreLeaseLost],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, StoreFeature store) =>
        await call.CommitAsync(new ReleaseClaim(store, call.Route("claim_id")) { Actor = call.Actor });

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
