using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane.RowSets;

namespace Baton.Server.Features.Stashes.Lifetimes;

/// <summary>Ends a stash whose time is over: `stash.expire`, by the actor `system`.</summary>
internal sealed class ExpireStash(DueRow item) : DueOperation(item)
{
    public const string Kind = "stash.expire";

    public override string Resource => Stash.ResourceOf(Item.Resource);

    public override void Reads(ReadSet reads) =>
        reads.Add(StashRow.Table, new StashKey(Item.WorkspaceId, Item.Resource));

    protected override void Happen(UnitOfWork work)
    {
        var row = work.Get(StashRow.Table, new StashKey(Item.WorkspaceId, Item.Resource));
        if (row?.Life.ExpireAt == Item.DueAt) StashWriter.Erase(work, this, row);
    }
}
