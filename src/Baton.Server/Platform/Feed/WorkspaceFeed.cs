namespace Baton.Server.Platform.Feed;

/// <summary>
/// The followers of one workspace, and, while there are any, its newest entries in memory, so that a thousand
/// followers of one thing cost one read. Entries are added by the lane only.
/// </summary>
internal sealed class WorkspaceFeed
{
    const int RecentCapacity = 1024;

    readonly Lock _lock = new();

    // Under _lock. Followers of one resource are found by it; the others are asked one by one.
    readonly Dictionary<string, List<Subscription>> _byResource = [];
    readonly List<Subscription> _others = [];
    FeedEntry?[]? _recent;
    long _recentFirst;
    long _recentNext;
    long _dispatched;

    // Written by the lane, read by everyone.
    long _head;
    int _queued;

    /// <summary>The newest commit that was made durable.</summary>
    public long Head => Volatile.Read(ref _head);

    public void StartAt(long head) => Volatile.Write(ref _head, head);

    public Subscription Subscribe(FeedFilter filter)
    {
        var subscription = new Subscription(this, filter);
        lock (_lock)
        {
            if (_recent is null)
            {
                _recent = new FeedEntry?[RecentCapacity];
                _recentFirst = _recentNext = _dispatched = 0;
            }

            ListOf(filter, create: true)!.Add(subscription);
        }

        return subscription;
    }

    public void Unsubscribe(Subscription subscription)
    {
        lock (_lock)
        {
            var list = ListOf(subscription.Filter, create: false);
            if (list is null || !list.Remove(subscription)) return;
            if (list.Count == 0 && !ReferenceEquals(list, _others))
                _byResource.Remove(subscription.Filter.Resource!.Pattern);
            if (_others.Count == 0 && _byResource.Count == 0) _recent = null;
        }
    }

    /// <summary>The lane's, after a commit. True if followers have to be told and nobody is about to.</summary>
    public bool Add(ReadOnlySpan<FeedEntry> entries)
    {
        lock (_lock)
        {
            if (_recent is not null)
            {
                if (_recentNext != entries[0].Seq) _recentFirst = entries[0].Seq;
                foreach (var entry in entries) _recent[entry.Seq % RecentCapacity] = entry;
                _recentNext = entries[^1].Seq + 1;
                _recentFirst = Math.Max(_recentFirst, _recentNext - RecentCapacity);
            }

            Volatile.Write(ref _head, entries[^1].Seq);
            if (_recent is null) return false;
        }

        return Interlocked.Exchange(ref _queued, 1) == 0;
    }

    /// <summary>Wakes every follower who wants something of what came since the last call.</summary>
    public void Dispatch()
    {
        Volatile.Write(ref _queued, 0);
        lock (_lock)
        {
            if (_recent is null) return;
            if (_dispatched < _recentFirst)
            {
                WakeAll();
                _dispatched = _recentFirst;
            }

            for (; _dispatched < _recentNext; _dispatched++) Wake(_recent[_dispatched % RecentCapacity]!);
        }
    }

    /// <summary>Copies the entries after a place, if all of them are still in memory.</summary>
    public bool TryReadRecent(long after, int limit, List<FeedEntry> entries)
    {
        lock (_lock)
        {
            if (_recent is null || _recentNext == 0 || after + 1 < _recentFirst || after >= _recentNext) return false;
            for (var seq = after + 1; seq < _recentNext; seq++)
            {
                var entry = _recent[seq % RecentCapacity]!;
                if (entries.Count >= limit && entries[^1].Entry.CommitSeq < seq) break;
                entries.Add(entry);
            }

            return true;
        }
    }

    public void WakeEveryone()
    {
        lock (_lock) WakeAll();
    }

    void WakeAll()
    {
        foreach (var subscription in _others) subscription.Wake();
        foreach (var list in _byResource.Values)
            foreach (var subscription in list) subscription.Wake();
    }

    void Wake(FeedEntry entry)
    {
        if (_byResource.TryGetValue(entry.Entry.Resource, out var exact))
            foreach (var subscription in exact) subscription.WakeFor(entry);
        foreach (var subscription in _others) subscription.WakeFor(entry);
    }

    List<Subscription>? ListOf(FeedFilter filter, bool create)
    {
        if (filter.Resource is not { IsExact: true } resource) return _others;
        if (_byResource.TryGetValue(resource.Pattern, out var list) || !create) return list;
        list = [];
        _byResource.Add(resource.Pattern, list);
        return list;
    }
}

/// <summary>One follower's place among those to be woken. Subscribe before reading: then nothing is missed.</summary>
internal sealed class Subscription(WorkspaceFeed feed, FeedFilter filter) : IDisposable
{
    readonly SemaphoreSlim _signal = new(initialCount: 0, maxCount: 1);

    public FeedFilter Filter => filter;

    /// <summary>True when something may have come; false when the time is over.</summary>
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellation) =>
        _signal.WaitAsync(timeout, cancellation);

    public void WakeFor(FeedEntry entry)
    {
        if (filter.Matches(entry.Entry)) Wake();
    }

    /// <summary>Called under the feed's lock, so two calls never meet.</summary>
    public void Wake()
    {
        if (_signal.CurrentCount == 0) _signal.Release();
    }

    public void Dispose()
    {
        feed.Unsubscribe(this);
        _signal.Dispose();
    }
}
