using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Reading;

namespace Baton.Server.Features.Store.Claims.Indexes;

/// <summary>
/// Keeps the records that can be claimed in order. The lane calls it with every change of a record. The index is
/// derived, and built on first use if the row of a namespace has no shape.
/// </summary>
internal static class ClaimIndex
{
    /// <summary>Takes over the change of a record.</summary>
    /// <param name="work">Where the changes go.</param>
    /// <param name="namespaceRow">Its namespace, as it was before.</param>
    /// <param name="before">The row before; null for none.</param>
    /// <param name="after">The row from now on.</param>
    /// <param name="waiters">Who may wait for it; null where it cannot have become claimable.</param>
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
    /// Takes over the clearing of a namespace: its shapes begin anew with nothing in them, and what was in them is
    /// erased in steps.
    /// </summary>
    public static ClaimShapes Cleared(UnitOfWork work, NamespaceRow namespaceRow)
    {
        foreach (var shape in namespaceRow.Shapes.All) EraseClaimIndex.Schedule(work, namespaceRow.Id, shape.Number);
        return namespaceRow.Shapes.OfEmptied(work.Now);
    }
}
