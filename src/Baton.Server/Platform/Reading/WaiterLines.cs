using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Reading;

/// <summary>
/// Lines of those who wait on this node to take something, one line for each key, in order of arrival: for each thing
/// that comes free the first is woken who was not woken yet. Who was woken and leaves without having looked to the end
/// passes it on, so nothing that is there is left to nobody. Where other servers share the database their commits are
/// followed, and each that takes something wakes the next: so at most one for each key and node looks in vain. Nothing
/// of it is durable. Safe for concurrent use.
/// </summary>
/// <typeparam name="TKey">What those who wait for the same have in common.</typeparam>
/// <param name="follow">
/// Wakes when another server may have made something free; null where this is the only one. Disposed with the line.
/// </param>
/// <param name="background">Sees to those that follow.</param>
internal sealed class WaiterLines<TKey>(Func<TKey, IWakeUp>? follow, Background background)
    where TKey : notnull, IEquatable<TKey>
{
    readonly Lock _lock = new();

    // Under _lock. A line is here while somebody stands in it.
    readonly Dictionary<TKey, Line> _lines = [];

    // Written under _lock, read by everyone.
    volatile bool _any;

    /// <summary>
    /// Whether anybody waits, for whatever: who makes things free asks this first. Who begins to wait looks after that,
    /// and misses nothing.
    /// </summary>
    public bool Any => _any;

    /// <summary>
    /// Takes what is there for a key, or stands in its line until something is, the time is over or the server ends.
    /// </summary>
    /// <param name="caller">Who waits: its key and workspace have bounds.</param>
    /// <param name="key">The line.</param>
    /// <param name="wait">For how long; zero looks once.</param>
    /// <param name="look">Looks for something to take, and takes it. Ends the wait unless it was in vain.</param>
    /// <returns>Null when a look has ended the wait, or its time is over; or why it could not wait.</returns>
    public async ValueTask<Failure?> TakeAsync(
        Caller caller, TKey key, TimeSpan wait, Func<ValueTask<LookResult>> look)
    {
        if (wait <= TimeSpan.Zero)
        {
            await look();
            return null;
        }

        // In the line before the first look: what comes free in between is not missed.
        using var waiter = Enter(key);
        var answered = await Waiting.UntilAsync(caller, waiter, wait, async () =>
        {
            waiter.BeginLook();
            var result = await look();
            if (result != LookResult.Failed) waiter.EndLook(hasTaken: result == LookResult.Taken);
            return result != LookResult.Vain;
        });
        return answered.Failure;
    }

    /// <summary>A place at the end of a line. Enter before the first look; leave by disposing it.</summary>
    public Waiter Enter(TKey key)
    {
        var waiter = new Waiter(this, key);
        // Made without the lock: it takes another.
        var made = new Line(follow?.Invoke(key));
        Line? unused = null;
        lock (_lock)
        {
            if (_lines.TryAdd(key, made)) _any = true;
            else unused = made;
            _lines[key].Waiters.AddLast(waiter);
        }

        if (unused is not null) unused.Dispose();
        else if (made.Changes is not null) background.Watch(FollowAsync(key, made, made.Changes));
        return waiter;
    }

    /// <summary>One more can be taken: wakes the first who was not woken yet.</summary>
    public void Freed(TKey key)
    {
        lock (_lock)
        {
            if (!_lines.TryGetValue(key, out var line)) return;
            foreach (var waiter in line.Waiters)
            {
                if (waiter.IsWoken) continue;
                waiter.WakeFor();
                return;
            }

            // All are woken already, but may have looked before this one was there: they look once more.
            foreach (var waiter in line.Waiters) waiter.WakeFor();
        }
    }

    /// <summary>Something may be there for many: wakes all in the lines of these keys. Asks of every line.</summary>
    public void FreedAll(Func<TKey, bool> isConcerned)
    {
        lock (_lock)
        {
            foreach (var (key, line) in _lines)
            {
                if (!isConcerned(key)) continue;
                foreach (var waiter in line.Waiters) waiter.WakeFor();
            }
        }
    }

    void Leave(Waiter waiter)
    {
        Line? ended = null;
        lock (_lock)
        {
            var line = _lines[waiter.Key];
            line.Waiters.Remove(waiter);
            if (line.Waiters.Count == 0 && _lines.Remove(waiter.Key)) ended = line;
            _any = _lines.Count > 0;
        }

        ended?.Dispose();
        // Woken for a thing that it did not take, or perhaps for one of several.
        if (waiter.IsWoken || (waiter.HasTaken && follow is not null)) Freed(waiter.Key);
    }

    /// <summary>What other servers commit is known by its entries alone: something may be there now.</summary>
    async Task FollowAsync(TKey key, Line line, IWakeUp changes)
    {
        try
        {
            while (true)
            {
                await changes.WaitAsync(Timeout.InfiniteTimeSpan, line.Ending);
                Freed(key);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody waits any more.
        }
    }

    sealed class Line : IDisposable
    {
        readonly CancellationTokenSource _ending = new();

        public Line(IWakeUp? changes)
        {
            Changes = changes;
            // Taken once: a source that was disposed has no token to give.
            Ending = _ending.Token;
        }

        public IWakeUp? Changes { get; }

        public CancellationToken Ending { get; }

        public LinkedList<Waiter> Waiters { get; } = new();

        public void Dispose()
        {
            _ending.Cancel();
            _ending.Dispose();
            Changes?.Dispose();
        }
    }

    /// <summary>A place in a line. Used by one request only.</summary>
    public sealed class Waiter(WaiterLines<TKey> owner, TKey key) : Signal
    {
        public TKey Key => key;

        // How often it was woken, and how often when its last look began. Under the owner's lock.
        long _woken;
        long _wokenAtLook;

        /// <summary>Woken, and has not looked to the end since. Under the owner's lock.</summary>
        public bool IsWoken { get; private set; }

        /// <summary>Leaves with something.</summary>
        public bool HasTaken { get; private set; }

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
        public void EndLook(bool hasTaken)
        {
            lock (owner._lock) IsWoken = _woken != _wokenAtLook;
            HasTaken = hasTaken;
        }

        public override void Dispose()
        {
            owner.Leave(this);
            base.Dispose();
        }
    }
}
