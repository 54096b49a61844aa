using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Reading.Waits;

namespace Baton.Server.Features.Store.Claims.Indexes;

/// <summary>
/// Keeps, for each shape of a namespace, the records that can be claimed in the order in which they are claimed. It is
/// called for every change of a record, within the commit of the change. The entries are derived from the records. A
/// shape is built when it is first used.
/// </summary>
internal static class ClaimIndex
{
    /// <summary>Follows the change of a record.</summary>
    /// <param name="work">The unit of work that makes the change.</param>
    /// <param name="namespaceRow">The namespace of the record, as it was before the change.</param>
    /// <param name="before">The record before the change; null where there was none.</param>
    /// <param name="after">The record after the change.</param>
    /// <param name="waiters">Whoever may wait for the record. Null: the change cannot have made it claimable.</param>
    public static void Changed(
        UnitOfWork work, NamespaceRow namespaceRow, RecordRow? before, RecordRow after,
        WaiterLines<ClaimTarget>? waiters)
    {
        // This is the first record of the namespace. Claims may wait, though there is no shape that could tell which.
        if (namespaceRow.StoredRows == 0 && waiters?.Any == true)
            work.AfterCommit(() => waiters.FreedAll(target => target.IsIn(namespaceRow.Id)));
        foreach (var shape in namespaceRow.Shapes.All)
        {
            var gone = before is { ClaimId: null } && before.IsCounted(namespaceRow) ? shape.KeyOf(before) : null;
            var come = after is { ClaimId: null, DeletedAt: null } ? shape.KeyOf(after) : null;
            if (gone == come) continue;
            if (gone is { } old) work.Delete(ClaimableRow.Table, old);
            if (come is not { } added) continue;
            work.Put(ClaimableRow.Table, new ClaimableRow(added));
            if (waiters?.Any == true)
            {
                var target = ClaimTarget.Of(shape, added);
                work.AfterCommit(() => waiters.Freed(target));
            }
        }
    }

    /// <summary>
    /// Follows the clearing of a namespace: its shapes begin anew with nothing in them, and their former entries are
    /// erased in steps.
    /// </summary>
    public static ClaimShapes Cleared(UnitOfWork work, NamespaceRow namespaceRow)
    {
        foreach (var shape in namespaceRow.Shapes.All) EraseClaimIndex.Schedule(work, namespaceRow.Id, shape.Number);
        return namespaceRow.Shapes.OfEmptied(work.Now);
    }
}
