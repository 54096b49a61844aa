using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Reading.Waits;

/// <summary>
/// Lines of requests that wait on this server to take something. Each key has a line, in the order of arrival. For each
/// thing that becomes free the first waiter is woken who has not been woken yet. A waiter who was woken, and leaves
/// without having looked to the end, wakes the next one, so that nothing is left lying while somebody waits for it.
/// Where other servers share the database, their commits are followed too, and each waiter who takes something wakes
/// the next one: on each server at most one waiter of a line looks in vain. Nothing of this is durable. Safe for
/// concurrent use.
/// </summary>
/// <typeparam name="TKey">What those who wait for the same have in common.</typeparam>
/// <param name="follow">
/// Makes what wakes when another server may have made something free. It is disposed with the line. Null: there is no
/// other server.
/// </param>
/// <param name="background">Watches over the tasks that follow other servers.</param>
internal sealed class WaiterLines<TKey>(Func<TKey, IWakeUp>? follow, Background background)
    where TKey : notnull, IEquatable<TKey>
{
    readonly Lock _lock = new();

    // Under _lock. A line is here while somebody stands in it.
    readonly Dictionary<TKey, Line> _lines = [];

    // Written under _lock, read by everyone.
    volatile bool _any;

    /// <summary>
    /// Whether anybody waits in any line. Whoever makes things free asks this first. A waiter enters its line before it
    /// looks, so that it misses nothing.
    /// </summary>
    public bool Any => _any;

    /// <summary>
    /// Takes what is there for a key, or stands in its line until there is something, the time is over, or the server
    /// stops.
    /// </summary>
    /// <param name="caller">Who waits. There is a bound for the waiters of its key and of its workspace.</param>
    /// <param name="key">Which line.</param>
    /// <param name="wait">For how long at the most. Zero: it looks once.</param>
    /// <param name="look">Looks for something to take, and takes it. The wait goes on only if it found nothing.</param>
    /// <returns>
    /// Null when a look has ended the wait, or its time is over. Otherwise why it could not wait: `waiters.too_many`,
    /// or that the key has ended.
    /// </returns>
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

    /// <summary>
    /// Goes to the end of a line. The first look comes after this. Disposing the waiter leaves the line.
    /// </summary>
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

    /// <summary>
    /// Tells that one more thing can be taken: wakes the first waiter of the line who has not been woken yet.
    /// </summary>
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

    /// <summary>
    /// Tells that there may be something for many: wakes everybody in the lines that are concerned. It asks about every
    /// line.
    /// </summary>
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
        // It was woken for a thing that it did not take, or an entry that it was woken for told of several things: the
        // next one looks.
        if (waiter.IsWoken || (waiter.HasTaken && follow is not null)) Freed(waiter.Key);
    }

    /// <summary>
    /// Wakes one waiter for each entry that other servers commit, because such an entry alone tells that something may
    /// have become free.
    /// </summary>
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

    /// <summary>The place of one request in a line. Used by that request only.</summary>
    public sealed class Waiter(WaiterLines<TKey> owner, TKey key) : Signal
    {
        public TKey Key => key;

        // How often it was woken, and how often when its last look began. Under the owner's lock.
        long _woken;
        long _wokenAtLook;

        /// <summary>
        /// Whether it was woken, and has not looked to the end since. Used under the lock of the lines.
        /// </summary>
        public bool IsWoken { get; private set; }

        /// <summary>Whether it leaves with something that it has taken.</summary>
        public bool HasTaken { get; private set; }

        /// <summary>Wakes it for a thing. Used under the lock of the lines.</summary>
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
        /// Notes that it has looked to the end, and so has seen all that it was woken for before the look. What it was
        /// woken for since then is left for its next look, or for the next waiter. This is not called after a look that
        /// failed: then what it was woken for is still there, for the next waiter.
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
