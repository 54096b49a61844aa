namespace Baton.Server.Features.Streams.Following;

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
