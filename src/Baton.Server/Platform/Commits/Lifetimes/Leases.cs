using Baton.Server.Platform.Basics.Time;

namespace Baton.Server.Platform.Commits.Lifetimes;

/// <summary>
/// The ends of the leases on things of one kind. Each lease has one due item, which is moved when the lease is renewed
/// and removed when the thing is given back. The operation of the item compares its time with <see
/// cref="Lease.Until"/>, and then ends the lease by <see cref="End"/> as well. Whatever else ends with a lease is for
/// the feature to do. Nothing is kept here: the leases stand in rows.
/// </summary>
/// <param name="LapseKind">The kind of the due items that end leases: `store.lease_expired`.</param>
internal sealed record Leases(string LapseKind)
{
    /// <summary>Gives a thing to somebody, from now on.</summary>
    /// <param name="work">Where the changes go.</param>
    /// <param name="resource">The name by which the due-queue knows the lease.</param>
    /// <param name="holder">The name of the actor who takes it.</param>
    /// <param name="fence">The seq of the ledger entry that gives the thing.</param>
    /// <param name="seconds">After how many seconds the lease ends.</param>
    public Lease Take(UnitOfWork work, string resource, string holder, long fence, long seconds)
    {
        var lease = new Lease(holder, fence, work.Now, work.Now + (seconds * Micros.PerSecond));
        work.Schedule(lease.Until, LapseKind, resource);
        return lease;
    }

    /// <summary>
    /// Lets a lease end so many seconds from now, which may be sooner or later than before. Only for whoever holds it.
    /// </summary>
    public Lease Renew(UnitOfWork work, string resource, Lease lease, long seconds)
    {
        var renewed = lease with { Until = work.Now + (seconds * Micros.PerSecond) };
        work.Reschedule(LapseKind, resource, lease.Until, renewed.Until);
        return renewed;
    }

    /// <summary>Removes the due item of a lease that is over, in whatever way it ended.</summary>
    public void End(UnitOfWork work, string resource, Lease lease) =>
        work.Unschedule(lease.Until, LapseKind, resource);
}
