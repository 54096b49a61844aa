using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Streams;

/// <summary>
/// The tails of the streams that somebody follows on this node. The lane gives them what it has committed; then the
/// feed tells that something was, here or on another node, and the readers are woken. Safe for concurrent use.
/// </summary>
internal sealed class StreamTails(
    ChangeFeed feed, Func<StreamKey, CancellationToken, ValueTask<StreamRow?>> find, Background background)
{
    readonly Lock _lock = new();

    // Under _lock. A tail is here exactly while it has readers.
    readonly Dictionary<StreamKey, StreamTail> _tails = [];

    /// <summary>A reader of a stream's tail: it is woken by whatever changes the stream from now on.</summary>
    public TailReader Follow(StreamKey key)
    {
        StreamTail? tail;
        lock (_lock)
        {
            if (!_tails.TryGetValue(key, out tail)) _tails.Add(key, tail = new StreamTail(Watch(key)));
            tail.Users++;
        }

        tail.EnsureWatched();
        return new TailReader(this, key, tail);
    }

    /// <summary>The lane's, when it is durable: these entries were appended, after which the stream is so.</summary>
    public void Appended(StreamRow row, StreamEntryRow[] entries) => Find(row.Key)?.Append(row, entries);

    /// <summary>The lane's, when it is durable: the stream is so now, and no entry was appended.</summary>
    public void Changed(StreamRow row) => Find(row.Key)?.Learn(row);

    /// <summary>The workspace's history has gone back: its tails hold what is no part of it.</summary>
    public void Forget(string workspaceId)
    {
        List<StreamTail> tails;
        lock (_lock) tails = [.. _tails.Where(tail => tail.Key.WorkspaceId == workspaceId).Select(tail => tail.Value)];
        foreach (var tail in tails) tail.ForgetHistory();
    }

    public void Leave(StreamKey key, StreamTail tail)
    {
        lock (_lock)
        {
            if (--tail.Users > 0) return;
            _tails.Remove(key);
        }

        tail.Dispose();
    }

    StreamTail? Find(StreamKey key)
    {
        lock (_lock) return _tails.GetValueOrDefault(key);
    }

    /// <summary>
    /// Looks at the stream whenever the feed tells of it: a commit of another node is seen nowhere else.
    /// </summary>
    Action<StreamTail> Watch(StreamKey key) => tail =>
    {
        var subscription = feed.Subscribe(key.WorkspaceId, FeedFilter.Of(Stream.ResourceOf(key.StreamId)));
        background.Watch(WatchAsync(key, tail, subscription));
    };

    async Task WatchAsync(StreamKey key, StreamTail tail, Subscription subscription)
    {
        using var watched = subscription;
        while (true)
        {
            try
            {
                await subscription.WaitAsync(Timeout.InfiniteTimeSpan, tail.Closed);
                // What the lane of this node committed it has told of already.
                if (subscription.NewestSeq > tail.KnownSeq) tail.Learn(await find(key, tail.Closed));
                tail.Wake();
            }
            catch (Exception) when (tail.Closed.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                if (failure is not StorageUnavailableException)
                    background.Tell("Following " + Stream.ResourceOf(key.StreamId), failure);
                // What was told of is not known: the readers look themselves, and meet the fault.
                tail.Distrust();
                tail.Wake();
            }
        }
    }
}

/// <summary>
/// The newest entries of one stream in memory, and who is to be told of the next. It never claims to be complete where
/// it is not: a reader that it does not cover reads the database.
/// </summary>
internal sealed class StreamTail : IDisposable
{
    const int Capacity = 1024;
    const long MaxBytes = 256 * 1024;

    readonly Lock _lock = new();
    readonly CancellationTokenSource _closed = new();

    // Runs once, when the first reader comes; all of them return from EnsureWatched after it.
    readonly Lazy<bool> _watch;

    // All under _lock. The entries from _first to before _next are in the ring, each in the place of its id; _next is
    // 0 while nothing is known.
    readonly List<TailReader> _readers = [];
    RenderedEntry?[] _ring = [];
    long _first;
    long _next;
    long _bytes;
    StreamRow? _row;
    bool _hasEnded;

    public StreamTail(Action<StreamTail> watch)
    {
        Closed = _closed.Token;
        _watch = new Lazy<bool>(() =>
        {
            watch(this);
            return true;
        });
    }

    /// <summary>Under the lock of <see cref="StreamTails"/>.</summary>
    public int Users { get; set; }

    public CancellationToken Closed { get; }

    /// <summary>From here on no commit of any node is missed.</summary>
    public void EnsureWatched() => _ = _watch.Value;

    /// <summary>The newest ledger entry about the stream that counts here; 0 while nothing is known.</summary>
    public long KnownSeq
    {
        get
        {
            lock (_lock) return _row?.UpdatedSeq ?? 0;
        }
    }

    /// <summary>Whether it matters what time it is: otherwise nobody need ask.</summary>
    public bool NeedsTime => Volatile.Read(ref _row) is not { ExpiresAt: null, RetentionSeconds: null };

    /// <summary>The lane's: these entries were appended, after which the stream is so.</summary>
    public void Append(StreamRow row, StreamEntryRow[] entries)
    {
        lock (_lock)
        {
            // Known to be behind, because another node's commit was told of first: the database has them. Where they
            // are here already, these are others: history has gone back.
            if (entries[^1].EntryId < _first) return;
            if (entries[0].EntryId != _next) Forget(entries[0].EntryId);
            foreach (var entry in entries) Add(new RenderedEntry(entry));
            _row = row;
        }
    }

    /// <summary>The stream is so now, or gone, whoever made it so.</summary>
    public void Learn(StreamRow? row)
    {
        lock (_lock)
        {
            if (row is not { DeletedAt: null })
            {
                _hasEnded = true;
                return;
            }

            // There are entries that are not here.
            if (row.LastEntry >= _next) Forget(row.LastEntry + 1);
            if (_row is null || row.Version >= _row.Version) _row = row;
        }
    }

    /// <summary>Something has happened, but it is not known what.</summary>
    public void Distrust()
    {
        lock (_lock) Forget(next: 0);
    }

    /// <summary>History has gone back: nothing that was known counts, and the readers are told.</summary>
    public void ForgetHistory()
    {
        lock (_lock)
        {
            Forget(next: 0);
            (_row, _hasEnded) = (null, false);
            foreach (var reader in _readers) reader.WakeForHistoryGoneBack();
        }
    }

    /// <summary>Something may have come for the readers.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            foreach (var reader in _readers) reader.Wake();
        }
    }

    /// <summary>
    /// Adds the entries after a place, with a label (null: all), if it is certain that these are all that are there;
    /// false otherwise. The place moves to the last entry that was looked at; the other is the newest of all.
    /// </summary>
    public bool TryRead(
        ref long after, out long newest, long now, string? label, int limit, List<RenderedEntry> page)
    {
        lock (_lock)
        {
            newest = _next - 1;
            if (_next == 0 || _hasEnded || after + 1 < _first || after >= _next) return false;
            if (_row is not { } row || !row.IsLive(now) || after + 1 < row.FirstEntry) return false;
            if (after == newest) return true;
            // The oldest of them decides: its time may be over.
            if (At(after + 1).Row.CreatedAt <= row.Cutoff(now)) return false;
            while (after < newest && page.Count < limit)
            {
                var entry = At(++after);
                if (label is null || entry.Row.Label == label) page.Add(entry);
            }

            return true;
        }
    }

    public void Add(TailReader reader)
    {
        lock (_lock) _readers.Add(reader);
    }

    public void Remove(TailReader reader)
    {
        lock (_lock) _readers.Remove(reader);
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    void Add(RenderedEntry entry)
    {
        if (_ring.Length == 0) _ring = new RenderedEntry?[Capacity];
        if (_next - _first == Capacity) DropOldest();
        _ring[entry.EntryId % Capacity] = entry;
        _next = entry.EntryId + 1;
        _bytes += entry.SizeBytes;
        while (_bytes > MaxBytes && _next - _first > 1) DropOldest();
    }

    void DropOldest()
    {
        ref var oldest = ref _ring[_first++ % Capacity];
        _bytes -= oldest!.SizeBytes;
        oldest = null;
    }

    RenderedEntry At(long entryId) => _ring[entryId % Capacity]!;

    void Forget(long next)
    {
        Array.Clear(_ring);
        (_first, _next, _bytes) = (next, next, 0);
    }
}

/// <summary>One reader's place among those to be woken by a stream.</summary>
internal sealed class TailReader : Signal
{
    readonly StreamTails _owner;
    readonly StreamKey _key;
    readonly StreamTail _tail;

    public TailReader(StreamTails owner, StreamKey key, StreamTail tail)
    {
        (_owner, _key, _tail) = (owner, key, tail);
        tail.Add(this);
    }

    /// <inheritdoc cref="StreamTail.TryRead"/>
    public bool TryRead(
        ref long after, out long newest, LaneClock clock, string? label, int limit, List<RenderedEntry> page) =>
        _tail.TryRead(ref after, out newest, _tail.NeedsTime ? clock.Now() : 0, label, limit, page);

    public override void Dispose()
    {
        _tail.Remove(this);
        _owner.Leave(_key, _tail);
        base.Dispose();
    }
}
