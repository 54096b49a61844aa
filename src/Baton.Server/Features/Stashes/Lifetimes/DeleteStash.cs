using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Stashes;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Stashes.Lifetimes;

/// <summary>Deletes a stash with all its versions: `stash.delete`.</summary>
internal sealed class DeleteStash(DeleteStashRequest request) : Operation
{
    public const string Action = "stash.delete";

    public override string Name => Action;

    public override string Resource => Stash.ResourceOf(request.Name);

    public Precondition Precondition { get; init; } = Precondition.None;

    StashKey Key => new(Actor.WorkspaceId, request.Name);

    public static OperationSpec Spec { get; } = new OperationSpec<DeleteStashRequest, Deleted>(
        Action, "Deletes a stash and erases all its versions.",
        (request, context) => new DeleteStash(request)
        {
            Actor = context.Actor,
            Precondition = context.Precondition,
        })
    {
        Description =
            "The ledger keeps that it was there, never what it held. A re-creation goes on with the next version.",
        IsForTransactions = true,
        Resource = (request, _) => Stash.ResourceOf(request.Name),
        Done = "The stash is deleted.",
        HasVersion = true,
        Errors = [ErrorCodes.StashNotFound, ErrorCodes.VersionMismatch],
    };

    public override void Reads(ReadSet reads) => reads.Add(StashRow.Table, Key);

    public override Decision Decide(UnitOfWork work)
    {
        var current = work.Get(StashRow.Table, Key);
        var live = current?.IsLive(work.Now) == true ? current : null;
        if (Precondition.Check(live?.Version ?? 0) is { } mismatch) return mismatch;
        return live is null ? StashFailures.NotFound(request.Name) : StashWriter.Erase(work, this, live);
    }
}
