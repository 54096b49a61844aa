using Baton.Server.Platform.Basics.Time;

namespace Baton.Server.Platform.Commits.Lifetimes;

/// <summary>
/// The due items of things that live for a time. Each thing has at most one: its expiry while it lives, and afterwards
/// the purge of its tombstone. Every change of a row goes through <see cref="Changed"/>. The operation of an item
/// compares its time with that in the row (<see cref="Life.ExpireAt"/>, <see cref="Life.PurgeAt"/>), so that an item
/// which was set aside before ends no thing whose end was moved meanwhile. Nothing is kept here: the lives stand in
/// rows.
/// </summary>
/// <param name="ExpireKind">
/// The kind of the due items that end things: `stash.expire`. Null: these things do not expire.
/// </param>
/// <param name="PurgeKind">
/// The kind of the due items that forget tombstones: `stash.purge`. Null: these things leave no tombstones.
/// </param>
internal sealed record Lifetime(string? ExpireKind, string? PurgeKind)
{
    /// <summary>Moves the due items as the life of a thing changes.</summary>
    /// <param name="work">Where the changes go.</param>
    /// <param name="resource">The name by which the due-queue knows the thing.</param>
    /// <param name="before">The life in the row as it was before; the default where there was no row.</param>
    /// <param name="after">The life in the row from now on; the default where the row is deleted.</param>
    public void Changed(UnitOfWork work, string resource, Life before, Life after)
    {
        if (ExpireKind is not null) work.Reschedule(ExpireKind, resource, before.ExpireAt, after.ExpireAt);
        if (PurgeKind is not null) work.Reschedule(PurgeKind, resource, before.PurgeAt, after.PurgeAt);
    }
}
