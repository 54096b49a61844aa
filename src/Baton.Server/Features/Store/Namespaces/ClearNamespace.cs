using System.Diagnostics.CodeAnalysis;
using Baton.Contracts.Ledger;
using Baton.Contracts.Requests;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Claims.Indexes;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Store.Namespaces;

/// <summary>
/// Empties a namespace in one commit, however much is in it: `store.clear`, `state.clear`. From this commit on its
/// records are gone for everybody. The due-queue then erases them in steps.
/// </summary>
internal sealed class ClearNamespace(string storedNamespace) : Operation
{
    public const string Verb = "clear";

    public override string Name => RecordSpace.Of(storedNamespace).Action(Verb);

    public override string Resource => RecordSpace.ResourceOf(storedNamespace, "");

    NamespaceKey Key => new(Actor.WorkspaceId, storedNamespace);

    public static OperationSpec SpecOf<
        [DynamicallyAccessedMembers(RequestShape.Reflected)] TRequest>(RecordSpace space)
        where TRequest : class, IOperationRequest => new OperationSpec<TRequest, NamespaceCleared>(
        space.Action(Verb), "Deletes all records of a namespace, in one commit.",
        (request, context) => new ClearNamespace(RecordSpace.StoredNamespaceOf(request)) { Actor = context.Actor })
        {
            Description =
                "One ledger entry and one change, with a count. What was never there is empty: `deleted` is 0.",
            Resource = (request, _) => RecordSpace.ResourceOf(RecordSpace.StoredNamespaceOf(request), ""),
            Done = "Nothing is left in it.",
        };

    public override void Reads(ReadSet reads) => reads.Add(NamespaceRow.Table, Key);

    public override Decision Decide(UnitOfWork work)
    {
        var namespaceRow = work.Get(NamespaceRow.Table, Key);
        var deleted = namespaceRow?.Records ?? 0;
        var seq = work.Record(
            Name, Resource, version: null, new Detail().Add("count", deleted).ToBytes());
        if (namespaceRow is not null && deleted > 0)
        {
            work.AddBytes(-namespaceRow.HeldBytes);
            work.Put(NamespaceRow.Table, namespaceRow with
            {
                Records = 0,
                Bytes = 0,
                HeldBytes = 0,
                Shapes = ClaimIndex.Cleared(work, namespaceRow),
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
