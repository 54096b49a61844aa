using Baton.Server.Features.Streams.Entries;

namespace Baton.Server.Features.Streams.Following;

/// <summary>
/// The newest entries of one stream in memory, and the readers who are told of new ones. It never claims to be complete
/// if it is not: a reader whose place it does not cover reads the database.
/// </summary>
internal sealed class StreamTail : IDisposable
{
    const int Capacity = 1024;
    const long MaxBytes = 256 * 1024;

    readonly Lock _lock = new();
    readonly CancellationTokenSource _closed = new();

    // It runs once, when the first reader comes. No reader returns from EnsureWatched before it has run.
    readonly Lazy<bool> _watch;

    // All of these are used under _lock. The entries from _first up to, but without, _next are in the ring, each at the
    // index that its id gives; _next is 0 while nothing is known.
    readonly HashSet<TailReader> _readers = [];
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

    /// <summary>The number of its readers. Used under the lock of <see cref="StreamTails"/>.</summary>
    public int Users { get; set; }

    public CancellationToken Closed { get; }

    /// <summary>Makes sure that from here on no commit of any node is missed.</summary>
    public void EnsureWatched() => _ = _watch.Value;

    /// <summary>
    /// The newest ledger entry about the stream that is taken into account here; 0 while nothing is known.
    /// </summary>
    public long KnownSeq
    {
        get
        {
            lock (_lock) return _row?.UpdatedSeq ?? 0;
        }
    }

    /// <summary>Whether it matters what time it is. Otherwise nobody need ask the clock.</summary>
    public bool NeedsTime => Volatile.Read(ref _row) is not { ExpiresAt: null, RetentionSeconds: null };

    /// <summary>Adds entries that were appended, with the stream as it is afterwards. The lane calls this.</summary>
    public void Append(StreamRow row, StreamEntryRow[] entries)
    {
        lock (_lock)
        {
            // These entries come before all that the tail knows, because a commit of another node was told of first.
            // They are not added: the database has them.
            if (entries[^1].EntryId < _first) return;
            // If they do not follow the last entry here, some are missing in between, or history has gone back.
            if (entries[0].EntryId != _next) Forget(entries[0].EntryId);
            foreach (var entry in entries) Add(new RenderedEntry(entry));
            _row = row;
        }
    }

    /// <summary>Takes over the stream as it is now; null if it is gone. It may have been changed by any node.</summary>
    public void Learn(StreamRow? row)
    {
        lock (_lock)
        {
            if (row is not { DeletedAt: null })
            {
                _hasEnded = true;
                return;
            }

            // The stream has entries that are not here.
            if (row.LastEntry >= _next) Forget(row.LastEntry + 1);
            if (_row is null || row.Version >= _row.Version) _row = row;
        }
    }

    /// <summary>Drops everything that is known, because something unknown has happened to the stream.</summary>
    public void Distrust()
    {
        lock (_lock) Forget(next: 0);
    }

    /// <summary>Drops everything that is known, because history has gone back, and tells the readers.</summary>
    public void ForgetHistory()
    {
        lock (_lock)
        {
            Forget(next: 0);
            (_row, _hasEnded) = (null, false);
            foreach (var reader in _readers) reader.WakeForHistoryGoneBack();
        }
    }

    /// <summary>Wakes the readers, because something may have come for them.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            foreach (var reader in _readers) reader.Wake();
        }
    }

    /// <summary>
    /// Adds the entries after a place, with a label (null: all), if it is certain that these are all there are; false
    /// otherwise. The place moves to the last entry that was looked at, and `newest` becomes the newest of all.
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
            // The oldest of the entries decides: if its time is over, the database has to be read.
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
