using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;

namespace Baton.Server.Platform.Commits.Due;

/// <summary>Puts an item that failed out of the way of the others. Not in the ledger.</summary>
internal sealed class SetAside(DueTask task) : Operation
{
    public override string Name => DueTask.AsideKind;

    public override string Resource => task.Item.Resource;

    public override void Reads(ReadSet reads) => reads.Add(
        DueRow.Table, new DueKey(
            task.Stored.WorkspaceId, task.Stored.DueAt, task.Stored.Kind, task.Stored.Resource));

    public override Decision Decide(UnitOfWork work)
    {
        var stored = task.Stored;
        var key = new DueKey(stored.WorkspaceId, stored.DueAt, stored.Kind, stored.Resource);
        // The thing has changed meanwhile, so that the item is not due any more.
        if (work.Get(DueRow.Table, key) is null) return new Effect(Answer: null);
        var later = task.Later(work.Now);
        work.Unschedule(stored.DueAt, stored.Kind, stored.Resource);
        work.Schedule(later.DueAt, later.Kind, later.Resource);
        return new Effect(Answer: null);
    }
}
