using Baton.Server.Platform.Commits.Operations;

namespace Baton.Server.Platform.Commits.Due;

/// <summary>What happens when an item of the due-queue is due. Decides again, over the rows as they are now.</summary>
internal abstract class DueOperation(DueRow item) : Operation
{
    protected DueRow Item { get; } = item;

    /// <summary>The row that stands for the item in the queue: another one while the item is set aside.</summary>
    public DueRow Stored { get; set; } = item;

    public override string Name => Item.Kind;

    public override string Resource => Item.Resource;

    public sealed override Decision Decide(UnitOfWork work)
    {
        work.Unschedule(Stored.DueAt, Stored.Kind, Stored.Resource);
        Happen(work);
        return new Effect(Answer: null);
    }

    /// <summary>Does what is due, unless the thing has changed so that it no longer is.</summary>
    protected abstract void Happen(UnitOfWork work);
}
