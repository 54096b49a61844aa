using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Ledger;

namespace Baton.Server.Platform.Feed;

/// <summary>
/// The followers of one workspace, and, while there are any, its newest entries in memory, so that a thousand
/// followers of one thing cost one read. Entries are added in order, by the lane or, where other servers commit as
/// well, by whoever read them from the ledger.
/// </summary>
internal sealed class WorkspaceFeed
{
    const int RecentCapacity = 1024;

    /// <summary>The most entries that are taken under the lock at once, to be asked about without it.</summary>
    const int ToldAtOnce = 64;

    readonly Lock _lock = new();

    // Used under _lock. Followers of one resource are found by its name; the others are asked about every entry.
    readonly Dictionary<string, Followers> _byResource = [];
    readonly Followers _others = new();

    // Used by the dispatching task only: the followers who are still to be asked, and about which entry.
    readonly Queue<Asking> _asking = new();
    int _asked;

    // Under _lock.
    FeedEntry?[]? _recent;
    long _recentFirst;
    long _recentNext;
    long _dispatched;

    // The entry at the head. Used under _lock.
    LedgerPlace _place = LedgerPlace.Genesis;

    // The place behind which the ledger leads no further, if that was logged. Used under _lock.
    LedgerPlace? _stuckAt;

    // It is written under _lock, and read by everyone.
    long _head;
    int _queued;

    // 1 while somebody is about to read the entries that are missing.
    int _isCatchingUp;

    /// <summary>The newest commit that was made durable.</summary>
    public long Head => Volatile.Read(ref _head);

    /// <summary>The newest entry that was made durable.</summary>
    public LedgerPlace Place
    {
        get
        {
            lock (_lock) return _place;
        }
    }

    /// <summary>Whether anybody follows the workspace: then its entries have to be added one by one.</summary>
    public bool IsFollowed
    {
        get
        {
            lock (_lock) return _recent is not null;
        }
    }

    /// <summary>Moves the head on if nobody follows. True if that was done, or was not needed.</summary>
    public bool TrySkipTo(LedgerPlace head)
    {
        lock (_lock)
        {
            if (head.Seq <= _head) return true;
            if (_recent is not null) return false;
            MoveTo(head);
            return true;
        }
    }

    /// <summary>
    /// History has gone back: the head is another one, what is in memory is dropped, and everybody is told. False when
    /// the head was no longer where it is said to have been.
    /// </summary>
    public bool TryGoBack(LedgerPlace from, LedgerPlace to)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_place, from)) return false;
            // The followers are told before the head moves, so that a reader who is beyond the head knows why.
            foreach (var subscription in Everybody()) subscription.WakeForHistoryGoneBack();
            if (_recent is not null) _recent = new FeedEntry?[RecentCapacity];
            _recentFirst = _recentNext = _dispatched = 0;
            MoveTo(to);
            WakeAll(to.Seq);
            return true;
        }
    }

    /// <summary>
    /// Notes that the ledger leads no further from a place. True for the caller who has to log it, once for each place.
    /// </summary>
    public bool TryBeStuck(LedgerPlace at)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_stuckAt, at)) return false;
            _stuckAt = at;
            return true;
        }
    }

    /// <summary>True for the caller who has to read the missing entries; false if somebody does already.</summary>
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

            foreach (var resource in PlacesOf(filter)) FollowersOf(resource, create: true)!.Add(subscription);
        }

        return subscription;
    }

    public void Unsubscribe(Subscription subscription)
    {
        lock (_lock)
        {
            foreach (var resource in PlacesOf(subscription.Filter))
            {
                var followers = FollowersOf(resource, create: false);
                if (followers is null || !followers.Remove(subscription)) return;
                if (followers.Count == 0 && resource is not null) _byResource.Remove(resource);
            }

            if (_others.Count == 0 && _byResource.Count == 0) _recent = null;
        }
    }

    /// <summary>
    /// Adds entries that are durable. Those that are known already are left out. If entries before them are missing, or
    /// belong to another history, none is added.
    /// </summary>
    public AddResult Add(ReadOnlySpan<FeedEntry> entries)
    {
        lock (_lock)
        {
            if (entries.Length == 0) return AddResult.Done;
            // One of the entries in between could not be read.
            if (entries[^1].Seq - entries[0].Seq != entries.Length - 1) return AddResult.Unclear;
            // The index of the head among the entries; -1 if they come after it.
            var place = _head - entries[0].Seq;
            if (place < -1 || place >= entries.Length) return AddResult.Unclear;
            if (!_place.Has(place < 0 ? entries[0].PreviousHash : entries[(int)place].Hash)) return AddResult.Unclear;
            entries = entries[(int)(place + 1)..];
            if (entries.Length == 0) return AddResult.Done;
            if (_recent is not null)
            {
                // This is the first entry since anybody follows. Followers have read what came before it.
                if (_recentNext != entries[0].Seq) _recentFirst = _dispatched = entries[0].Seq;
                foreach (var entry in entries) _recent[entry.Seq % RecentCapacity] = entry;
                _recentNext = entries[^1].Seq + 1;
                _recentFirst = Math.Max(_recentFirst, _recentNext - RecentCapacity);
            }

            MoveTo(new LedgerPlace(entries[^1].Seq, entries[^1].Hash));
            if (_recent is null) return AddResult.Done;
        }

        return Interlocked.Exchange(ref _queued, 1) == 0 ? AddResult.MustDispatch : AddResult.Done;
    }

    public enum AddResult
    {
        Done,

        /// <summary>The entries were added, and the caller has to see to it that the followers are told.</summary>
        MustDispatch,

        /// <summary>
        /// The entries were not added. Entries of another server are missing before them or between them, or the head
        /// is not part of their history or is beyond them. The ledger tells which.
        /// </summary>
        Unclear,
    }

    /// <summary>
    /// Wakes the followers who want one of the entries that came since the last call, until about this much work is
    /// done. True if work is left. One task calls this. The followers are copied before they are asked, so that the
    /// lane waits for no filter and no wake-up.
    /// </summary>
    public bool Dispatch(int work)
    {
        Volatile.Write(ref _queued, 0);
        while (work > 0)
        {
            if (!_asking.TryPeek(out var asking))
            {
                if (!TakeToTell()) return false;
                continue;
            }

            if (_asked == asking.Followers.Length)
            {
                _asking.Dequeue();
                _asked = 0;
                continue;
            }

            var follower = asking.Followers[_asked++];
            if (asking.Entry is { } entry) follower.WakeFor(entry);
            else follower.WakeAt(asking.Seq);
            work -= follower.Filter.Weight;
        }

        return true;
    }

    /// <summary>True for the caller who has to queue the workspace, so that dispatching goes on.</summary>
    public bool TryQueueAgain() => Interlocked.Exchange(ref _queued, 1) == 0;

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
        lock (_lock) WakeAll(_head);
    }

    /// <summary>Wakes all followers, because an entry up to this seq may concern any of them.</summary>
    void WakeAll(long seq)
    {
        foreach (var subscription in Everybody()) subscription.WakeAt(seq);
    }

    IEnumerable<Subscription> Everybody() =>
        _others.Copy.Concat(_byResource.Values.SelectMany(followers => followers.Copy));

    void MoveTo(LedgerPlace place)
    {
        _place = place;
        Volatile.Write(ref _head, place.Seq);
    }

    /// <summary>
    /// Notes the followers who are to be asked about the next entries. False if there are no entries.
    /// </summary>
    bool TakeToTell()
    {
        lock (_lock)
        {
            if (_recent is null) return false;
            if (_dispatched < _recentFirst)
            {
                // Some entries are not in memory any more. Any follower may want them.
                var seq = _recentFirst - 1;
                _asking.Enqueue(new Asking(seq, Entry: null, _others.Copy));
                foreach (var followers in _byResource.Values)
                    _asking.Enqueue(new Asking(seq, Entry: null, followers.Copy));
                _dispatched = _recentFirst;
            }

            for (var told = 0; told < ToldAtOnce && _dispatched < _recentNext; told++, _dispatched++)
            {
                var entry = _recent[_dispatched % RecentCapacity]!;
                if (_byResource.TryGetValue(entry.Entry.Resource, out var exact))
                    _asking.Enqueue(new Asking(entry.Seq, entry, exact.Copy));
                if (_others.Count > 0) _asking.Enqueue(new Asking(entry.Seq, entry, _others.Copy));
            }

            return _asking.Count > 0 || _dispatched < _recentNext;
        }
    }

    /// <summary>The resources by which a follower is found; null: it is asked about every entry.</summary>
    static IEnumerable<string?> PlacesOf(FeedFilter filter)
    {
        if (filter.Resource is not { IsExact: true } resource) return [null];
        return filter.OtherResource is { } other ? [resource.Pattern, other] : [resource.Pattern];
    }

    Followers? FollowersOf(string? resource, bool create)
    {
        if (resource is null) return _others;
        if (_byResource.TryGetValue(resource, out var followers) || !create) return followers;
        followers = new Followers();
        _byResource.Add(resource, followers);
        return followers;
    }

    /// <summary>
    /// Followers who are asked together, in no order. Used under the feed's lock; the copy is for asking without the
    /// lock. Thousands may leave at once, so that leaving must not look through all of them.
    /// </summary>
    sealed class Followers
    {
        readonly HashSet<Subscription> _followers = [];
        Subscription[]? _copy;

        public int Count => _followers.Count;

        /// <summary>The copy is made anew only after a follower came or went.</summary>
        public Subscription[] Copy => _copy ??= [.. _followers];

        public void Add(Subscription subscription)
        {
            _followers.Add(subscription);
            _copy = null;
        }

        public bool Remove(Subscription subscription)
        {
            _copy = null;
            return _followers.Remove(subscription);
        }
    }

    /// <summary>
    /// Followers who are to be asked whether they want an entry. Without an entry they are woken anyway, because of the
    /// entries up to this seq.
    /// </summary>
    readonly record struct Asking(long Seq, FeedEntry? Entry, Subscription[] Followers);
}
