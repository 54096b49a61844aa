using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane.RowSets;

namespace Baton.Server.Features.Store.Records.Lifetimes;

/// <summary>
/// Forgets a tombstone whose time is over, so that a record which is made anew with this key begins with version 1. It
/// is not in the ledger.
/// </summary>
internal sealed class PurgeRecord(DueRow item) : DueOperation(item)
{
    public const string Kind = "store.purge";

    RecordKey Key => RecordKey.FromDue(Item.WorkspaceId, Item.Resource);

    public override void Reads(ReadSet reads) => RecordWriter.Read(reads, Key);

    protected override void Happen(UnitOfWork work)
    {
        if (work.Get(RecordRow.Table, Key)?.Life.PurgeAt == Item.DueAt) RecordWriter.Purge(work, Key);
    }
}
