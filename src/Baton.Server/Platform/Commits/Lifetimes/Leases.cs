using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Commits.Lifetimes;

/// <summary>
/// The ends of leases on things of one kind: each has one due item, which moves when it is renewed and goes when it is
/// given back. The operation of the item compares its time with <see cref="Lease.Until"/>, and then ends the lease by
/// <see cref="End"/> as well. What else ends with it is the feature's. Owns nothing: leases stand in the rows.
/// </summary>
/// <param name="LapseKind">The kind of due item that ends a lease: `store.lease_expired`.</param>
internal sealed record Leases(string LapseKind)
{
    /// <summary>Gives a thing to somebody from now on.</summary>
    /// <param name="work">Where the changes go.</param>
    /// <param name="resource">How the due-queue names what holds the lease.</param>
    /// <param name="holder">The name of the actor who takes it.</param>
    /// <param name="fence">The seq of the entry that gives it.</param>
    /// <param name="seconds">For how long.</param>
    public Lease Take(UnitOfWork work, string resource, string holder, long fence, long seconds)
    {
        var lease = new Lease(holder, fence, work.Now, work.Now + (seconds * Micros.PerSecond));
        work.Schedule(lease.Until, LapseKind, resource);
        return lease;
    }

    /// <summary>Lets a lease end so many seconds from now, sooner or later than before. For who holds it.</summary>
    public Lease Renew(UnitOfWork work, string resource, Lease lease, long seconds)
    {
        var renewed = lease with { Until = work.Now + (seconds * Micros.PerSecond) };
        work.Reschedule(LapseKind, resource, lease.Until, renewed.Until);
        return renewed;
    }

    /// <summary>It is over, however it ended.</summary>
    public void End(UnitOfWork work, string resource, Lease lease) =>
        work.Unschedule(lease.Until, LapseKind, resource);
}
