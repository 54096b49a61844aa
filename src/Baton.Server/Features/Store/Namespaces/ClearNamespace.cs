using Baton.Contracts.Ledger;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Claims;
using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Store.Namespaces;

/// <summary>
/// Empties a namespace at once, however much is in it: `store.clear`, `state.clear`. From this commit on its records
/// are gone for everybody; the due-queue erases them in steps.
/// </summary>
internal sealed class ClearNamespace(string storedNamespace) : Operation
{
    const string Verb = "clear";

    public override string Name => RecordSpace.Of(storedNamespace).Action(Verb);

    public override string Resource => RecordSpace.ResourceOf(storedNamespace, "");

    NamespaceKey Key => new(Actor.WorkspaceId, storedNamespace);

    public static RouteSpec SpecOf(RecordSpace space) => new(
        space.Action(Verb), "Deletes everything in a namespace, in one commit.")
    {
        Description = "One ledger entry and one change, with a count. What was never there is empty: `deleted` is 0.",
        IsMutation = true,
        Resource = call => RecordAddress.ResourceOf(call, space),
        Path = [RecordAddress.NamespaceOf(space)],
        Answers = [AnswerSpec.Json<NamespaceCleared>(200, "Nothing is left in it.", "Baton-Seq")],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, RecordSpace space)
    {
        var name = RecordAddress.ReadNamespace(call, space, Verb);
        _ = call.Query;
        return call.Errors.Any
            ? call.Errors.ToFailure()
            : await call.CommitAsync(new ClearNamespace(name) { Actor = call.Actor });
    }

    public override void Reads(ReadSet reads) => reads.Add(NamespaceRow.Table, Key);

    public override Decision Decide(UnitOfWork work)
    {
        var home = work.Get(NamespaceRow.Table, Key);
        var deleted = home?.Records ?? 0;
        var seq = work.Record(
            Name, Resource, version: null, new Detail().Add("count", deleted).ToBytes());
        if (home is not null && deleted > 0)
        {
            work.AddBytes(-home.HeldBytes);
            work.Put(NamespaceRow.Table, home with
            {
                Records = 0,
                Bytes = 0,
                HeldBytes = 0,
                Shapes = ClaimIndex.Cleared(work, home),
                ClearedSeq = seq,
                ClearedAt = work.Now,
                UpdatedAt = work.Now,
                UpdatedSeq = seq,
            });
            EraseCleared.Schedule(work, Key, afterKey: "");
        }

        return new Effect(new NamespaceCleared { Deleted = deleted });
    }
}
