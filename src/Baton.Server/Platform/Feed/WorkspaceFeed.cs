namespace Baton.Server.Platform.Feed;

/// <summary>
/// The followers of one workspace, and, while there are any, its newest entries in memory, so that a thousand
/// followers of one thing cost one read. Entries are added in order, by the lane or, where other servers commit as
/// well, by whoever read them from the ledger.
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

    // Written under _lock, read by everyone.
    long _head;
    int _queued;

    // 1 while somebody is about to read what is missing.
    int _isCatchingUp;

    /// <summary>The newest commit that was made durable.</summary>
    public long Head => Volatile.Read(ref _head);

    /// <summary>Somebody follows: entries have to be added one by one.</summary>
    public bool IsFollowed
    {
        get
        {
            lock (_lock) return _recent is not null;
        }
    }

    /// <summary>Moves the head on, if nobody follows; true if that was done or was not needed.</summary>
    public bool TrySkipTo(long head)
    {
        lock (_lock)
        {
            if (head <= _head) return true;
            if (_recent is not null) return false;
            Volatile.Write(ref _head, head);
            return true;
        }
    }

    /// <summary>True for the one who is to read what is missing; false: somebody does.</summary>
    public bool TryBeginCatchUp() => Interlocked.Exchange(ref _isCatchingUp, 1) == 0;

    public void EndCatchUp() => Volatile.Write(ref _isCatchingUp, 0);

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

            foreach (var resource in PlacesOf(filter)) ListOf(resource, create: true)!.Add(subscription);
        }

        return subscription;
    }

    public void Unsubscribe(Subscription subscription)
    {
        lock (_lock)
        {
            foreach (var resource in PlacesOf(subscription.Filter))
            {
                var list = ListOf(resource, create: false);
                if (list is null || !list.Remove(subscription)) return;
                if (list.Count == 0 && resource is not null) _byResource.Remove(resource);
            }

            if (_others.Count == 0 && _byResource.Count == 0) _recent = null;
        }
    }

    /// <summary>
    /// Entries that are durable. Those that are known already are left out; if some before them are missing, all are.
    /// </summary>
    public AddResult Add(ReadOnlySpan<FeedEntry> entries)
    {
        lock (_lock)
        {
            while (entries.Length > 0 && entries[0].Seq <= _head) entries = entries[1..];
            if (entries.Length == 0) return AddResult.Done;
            if (entries[0].Seq > _head + 1) return AddResult.Gap;
            if (_recent is not null)
            {
                if (_recentNext != entries[0].Seq) _recentFirst = entries[0].Seq;
                foreach (var entry in entries) _recent[entry.Seq % RecentCapacity] = entry;
                _recentNext = entries[^1].Seq + 1;
                _recentFirst = Math.Max(_recentFirst, _recentNext - RecentCapacity);
            }

            Volatile.Write(ref _head, entries[^1].Seq);
            if (_recent is null) return AddResult.Done;
        }

        return Interlocked.Exchange(ref _queued, 1) == 0 ? AddResult.MustDispatch : AddResult.Done;
    }

    public enum AddResult
    {
        Done,

        /// <summary>Followers have to be told, and nobody is about to.</summary>
        MustDispatch,

        /// <summary>Entries before these are missing: another server committed them.</summary>
        Gap,
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

    /// <summary>The resources by which a follower is found; null: it is asked of everything.</summary>
    static IEnumerable<string?> PlacesOf(FeedFilter filter)
    {
        if (filter.Resource is not { IsExact: true } resource) return [null];
        return filter.OtherResource is { } other ? [resource.Pattern, other] : [resource.Pattern];
    }

    List<Subscription>? ListOf(string? resource, bool create)
    {
        if (resource is null) return _others;
        if (_byResource.TryGetValue(resource, out var list) || !create) return list;
        list = [];
        _byResource.Add(resource, list);
        return list;
    }
}

/// <summary>One follower's place among those to be woken. Subscribe before reading: then nothing is missed.</summary>
internal sealed class Subscription(WorkspaceFeed feed, FeedFilter filter) : Signal
{
    public FeedFilter Filter => filter;

    public void WakeFor(FeedEntry entry)
    {
        if (filter.Matches(entry.Entry)) Wake();
    }

    public override void Dispose()
    {
        feed.Unsubscribe(this);
        base.Dispose();
    }
}
