using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Stashes;

/// <summary>Deletes a stash with all its versions: `stash.delete`.</summary>
internal sealed class DeleteStash(string name) : Operation
{
    public const string Action = "stash.delete";

    public override string Name => Action;

    public override string Resource => Stash.ResourceOf(name);

    public Precondition Precondition { get; init; } = Precondition.None;

    public static RouteSpec Spec { get; } = new(Action, "Deletes a stash and erases all its versions.")
    {
        Description =
            "The ledger keeps that it was there, never what it held. A re-creation goes on with the next version.",
        IsMutation = true,
        Resource = StashRoutes.ResourceOf,
        Path = [StashRoutes.Name],
        Headers = [StashRoutes.IfMatch],
        Answers = [AnswerSpec.Json<Deleted>(200, "The stash is deleted.", "Baton-Seq", "ETag")],
        Errors = [ErrorCodes.StashNotFound, ErrorCodes.VersionMismatch],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call)
    {
        var name = StashRoutes.ReadName(call);
        var precondition = Precondition.Read(call.Http.Request, call.Errors);
        return call.Errors.Any
            ? call.Errors.ToFailure()
            : await call.CommitAsync(new DeleteStash(name) { Actor = call.Actor, Precondition = precondition });
    }

    public override void Reads(ReadSet reads) => reads.Add(StashRow.Table, new StashKey(Actor.WorkspaceId, name));

    public override Outcome<Effect> Decide(UnitOfWork work)
    {
        var current = work.Get(StashRow.Table, new StashKey(Actor.WorkspaceId, name));
        var live = current?.IsLive(work.Now) == true ? current : null;
        if (Precondition.Check(live?.Version ?? 0) is { } mismatch) return mismatch;
        return live is null ? StashFailures.NotFound(name) : StashWriter.Erase(work, this, live);
    }
}
