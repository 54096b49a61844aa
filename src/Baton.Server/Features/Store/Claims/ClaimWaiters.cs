using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Feed;

namespace Baton.Server.Features.Store.Claims;

/// <summary>
/// The claims that wait on this node, in order of arrival: for each record that becomes claimable one is woken. Where
/// other servers share the database their commits are followed, and each that claims wakes the next: so at most one
/// for each target and node looks in vain. Safe for concurrent use.
/// </summary>
/// <param name="follow">Follows the changes of a namespace; null where this is the only server.</param>
/// <param name="background">Sees to those that follow.</param>
internal sealed class ClaimWaiters(Func<ClaimTarget, Subscription>? follow, Background background)
{
    readonly Lock _lock = new();

    // Under _lock. A target is here while somebody waits for it.
    readonly Dictionary<ClaimTarget, Group> _groups = [];

    // Written under _lock, read by everyone.
    volatile bool _any;

    /// <summary>Whether anybody waits. Who begins to wait looks after that: it misses nothing.</summary>
    public bool Any => _any;

    /// <summary>A place in the line. Enter before the first look.</summary>
    public Waiter Enter(ClaimTarget target)
    {
        var waiter = new Waiter(this, target);
        // Made without the lock: it takes another.
        var made = new Group(follow?.Invoke(target));
        Group? unused = null;
        lock (_lock)
        {
            if (_groups.TryAdd(target, made)) _any = true;
            else unused = made;
            _groups[target].Line.AddLast(waiter);
        }

        if (unused is not null) unused.End();
        else if (made.Changes is not null) background.Watch(FollowAsync(target, made, made.Changes));
        return waiter;
    }

    /// <summary>One more can be claimed: wakes the first who was not woken yet.</summary>
    public void Freed(ClaimTarget target)
    {
        lock (_lock)
        {
            if (!_groups.TryGetValue(target, out var group)) return;
            foreach (var waiter in group.Line)
            {
                if (waiter.IsWoken) continue;
                waiter.WakeFor();
                return;
            }

            // All are woken already, but may have looked before this one was there: they look once more.
            foreach (var waiter in group.Line) waiter.WakeFor();
        }
    }

    /// <summary>A namespace has its first record: wakes all who wait in it, once in its life.</summary>
    public void Appeared(NamespaceKey home)
    {
        lock (_lock)
        {
            foreach (var (target, group) in _groups)
            {
                if (target.Namespace != home.Namespace || target.WorkspaceId != home.WorkspaceId) continue;
                foreach (var waiter in group.Line) waiter.WakeFor();
            }
        }
    }

    void Leave(Waiter waiter)
    {
        Group? ended = null;
        lock (_lock)
        {
            var group = _groups[waiter.Target];
            group.Line.Remove(waiter);
            if (group.Line.Count == 0 && _groups.Remove(waiter.Target)) ended = group;
            _any = _groups.Count > 0;
        }

        ended?.End();
        // Woken for a record that it did not take, or perhaps for one of several.
        if (waiter.IsWoken || (waiter.HasClaimed && follow is not null)) Freed(waiter.Target);
    }

    /// <summary>What other servers commit is known by its entries alone: something may be there now.</summary>
    async Task FollowAsync(ClaimTarget target, Group group, Subscription changes)
    {
        try
        {
            while (true)
            {
                await changes.WaitAsync(Timeout.InfiniteTimeSpan, group.Ending.Token);
                Freed(target);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
        {
            // Nobody waits any more.
        }
    }

    sealed class Group(Subscription? changes)
    {
        public Subscription? Changes => changes;

        public CancellationTokenSource Ending { get; } = new();

        public LinkedList<Waiter> Line { get; } = new();

        public void End()
        {
            Ending.Cancel();
            changes?.Dispose();
        }
    }

    /// <summary>One claim that waits.</summary>
    public sealed class Waiter(ClaimWaiters owner, ClaimTarget target) : Signal
    {
        public ClaimTarget Target => target;

        // How often it was woken, and how often when its last look began. Under the owner's lock.
        long _woken;
        long _wokenAtLook;

        /// <summary>Woken, and has not looked to the end since. Under the owner's lock.</summary>
        public bool IsWoken { get; private set; }

        /// <summary>Leaves with something.</summary>
        public bool HasClaimed { get; private set; }

        /// <summary>Under the owner's lock.</summary>
        public void WakeFor()
        {
            IsWoken = true;
            _woken++;
            Wake();
        }

        public void BeginLook()
        {
            lock (owner._lock) _wokenAtLook = _woken;
        }

        /// <summary>
        /// It has looked to the end: what it was woken for before it looked, it has seen; what came since is for it, or
        /// the next. Not after a look that failed: then what it was woken for is still there for the next.
        /// </summary>
        public void EndLook(bool hasClaimed)
        {
            lock (owner._lock) IsWoken = _woken != _wokenAtLook;
            HasClaimed = hasClaimed;
        }

        public override void Dispose()
        {
            owner.Leave(this);
            base.Dispose();
        }
    }
}
