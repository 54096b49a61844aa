using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane.RowSets;

namespace Baton.Server.Features.Stashes.Lifetimes;

/// <summary>
/// Forgets a tombstone whose time is over, so that a stash of this name begins with version 1 again. Not in the ledger.
/// </summary>
internal sealed class PurgeStash(DueRow item) : DueOperation(item)
{
    public const string Kind = "stash.purge";

    public override void Reads(ReadSet reads) =>
        reads.Add(StashRow.Table, new StashKey(Item.WorkspaceId, Item.Resource));

    protected override void Happen(UnitOfWork work)
    {
        var key = new StashKey(Item.WorkspaceId, Item.Resource);
        if (work.Get(StashRow.Table, key)?.Life.PurgeAt == Item.DueAt) work.Delete(StashRow.Table, key);
    }
}
