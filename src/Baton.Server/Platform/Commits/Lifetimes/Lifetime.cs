using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Commits.Lifetimes;

/// <summary>
/// The due items of things that live for a time: of each thing one at most, its expiry while it lives, and the purge of
/// its tombstone afterwards. Every change of a thing's row goes through <see cref="Changed"/>. The operation of an item
/// compares its time with that of the row (<see cref="Life.ExpireAt"/>, <see cref="Life.PurgeAt"/>): a thing whose end
/// was moved meanwhile is not ended by an item that was set aside before. Owns nothing: lives stand in the rows.
/// </summary>
/// <param name="ExpireKind">The kind of due item that ends a thing: `stash.expire`; null: they do not expire.</param>
/// <param name="PurgeKind">That forgets a tombstone: `stash.purge`; null: they leave none.</param>
internal sealed record Lifetime(string? ExpireKind, string? PurgeKind)
{
    /// <summary>Moves the due items with the life of a thing.</summary>
    /// <param name="work">Where the changes go.</param>
    /// <param name="resource">How the due-queue names the thing.</param>
    /// <param name="before">Its life in the row before; default where there was none.</param>
    /// <param name="after">Its life from now on; default where the row goes.</param>
    public void Changed(UnitOfWork work, string resource, Life before, Life after)
    {
        if (ExpireKind is not null) work.Reschedule(ExpireKind, resource, before.ExpireAt, after.ExpireAt);
        if (PurgeKind is not null) work.Reschedule(PurgeKind, resource, before.PurgeAt, after.PurgeAt);
    }
}
