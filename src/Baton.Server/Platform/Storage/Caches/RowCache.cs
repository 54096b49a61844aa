using System.Collections.Concurrent;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Storage.Caches;

/// <summary>
/// Rows in memory, as they are after the newest commit. The lane puts every row that it commits before it
/// acknowledges the commit; a reader may add a row that it read, but only if no commit touched the row's stripe
/// since it began to read. Bounded: two generations, of which the older is dropped when the younger is full.
/// </summary>
/// <remarks>
/// Safe for concurrent use. Valid only while this process is the only writer of these rows, or for rows that never
/// change.
/// </remarks>
internal sealed class RowCache<TKey, TRow>(Table<TKey, TRow> table, long capacityBytes) : IClearable
    where TKey : notnull, IEquatable<TKey>
    where TRow : class
{
    const int StripeCount = 256;
    const int EntryOverheadBytes = 120;

    /// <summary>A row with more bytes is not kept, because it would push out too many small ones.</summary>
    const int MaxRowBytes = 16 * 1024;

    // The lane writes a stripe's counter under the stripe's lock; everyone reads it.
    readonly Stripe[] _stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new Stripe())];
    readonly Lock _generationLock = new();
    volatile ConcurrentDictionary<TKey, TRow> _young = new();
    volatile ConcurrentDictionary<TKey, TRow> _old = new();
    long _youngBytes;

    public bool TryGet(TKey key, out TRow? row)
    {
        // The mark is taken before the young generation is asked. If a commit comes in between, the offer below must be
        // refused.
        var mark = Mark(key);
        if (_young.TryGetValue(key, out row)) return true;
        if (!_old.TryGetValue(key, out row)) return false;
        Offer(key, row, mark);
        return true;
    }

    /// <summary>Call before reading the row from the database; give the result to <see cref="Offer"/>.</summary>
    public long Mark(TKey key) => Volatile.Read(ref StripeOf(key).Commits);

    /// <summary>Keeps a row that was read after <paramref name="mark"/>, unless a commit came in between.</summary>
    public void Offer(TKey key, TRow row, long mark)
    {
        var weight = WeightOf(row);
        if (weight > MaxRowBytes) return;
        var stripe = StripeOf(key);
        lock (stripe)
        {
            if (stripe.Commits == mark && stripe.Withdrawn == 0) Add(key, row, weight);
        }
    }

    /// <summary>
    /// Hides a row. The lane calls this before it commits: until <see cref="Publish"/> or <see cref="Restore"/>
    /// everybody reads the row from the database. So all rows of a commit change at the moment at which the database
    /// commits, and nobody sees one of them new and then another one old.
    /// </summary>
    public void Withdraw(TKey key)
    {
        var stripe = StripeOf(key);
        lock (stripe)
        {
            stripe.Commits++;
            stripe.Withdrawn++;
            Remove(key);
        }
    }

    /// <summary>Shows a withdrawn row again, because its commit did not come about. Only the lane calls this.</summary>
    public void Restore(TKey key)
    {
        var stripe = StripeOf(key);
        lock (stripe) stripe.Withdrawn--;
    }

    /// <summary>
    /// Sets a row that was withdrawn before; null if it is gone. Only the lane calls this, after its commit.
    /// </summary>
    public void Publish(TKey key, TRow? row)
    {
        var stripe = StripeOf(key);
        var weight = row is null ? 0 : WeightOf(row);
        lock (stripe)
        {
            stripe.Commits++;
            stripe.Withdrawn--;
            if (row is null || weight > MaxRowBytes)
            {
                Remove(key);
                return;
            }

            Add(key, row, weight);
        }
    }

    /// <summary>
    /// Forgets all rows; those that are being read now are not kept either. A row that is just being taken over from
    /// the older generation may survive: it goes with the next call.
    /// </summary>
    public void Clear()
    {
        foreach (var stripe in _stripes)
        {
            lock (stripe) stripe.Commits++;
        }

        lock (_generationLock)
        {
            _old = new ConcurrentDictionary<TKey, TRow>();
            _young = new ConcurrentDictionary<TKey, TRow>();
            Volatile.Write(ref _youngBytes, 0);
        }
    }

    void Remove(TKey key)
    {
        if (_young.TryRemove(key, out var row)) Interlocked.Add(ref _youngBytes, -WeightOf(row));
        _old.TryRemove(key, out _);
    }

    void Add(TKey key, TRow row, int weight)
    {
        // The young generation is asked first, so an outdated row in the old one is never seen; but it must not
        // come back when the young generation becomes the old one, which replaces it whole.
        var young = _young;
        var growth = young.TryGetValue(key, out var before) ? weight - WeightOf(before) : weight;
        young[key] = row;
        if (Interlocked.Add(ref _youngBytes, growth) > capacityBytes / 2) Turn();
    }

    void Turn()
    {
        lock (_generationLock)
        {
            if (Volatile.Read(ref _youngBytes) <= capacityBytes / 2) return;
            _old = _young;
            _young = new ConcurrentDictionary<TKey, TRow>();
            Volatile.Write(ref _youngBytes, 0);
        }
    }

    int WeightOf(TRow row) => EntryOverheadBytes + table.Weight!(row);

    Stripe StripeOf(TKey key) => _stripes[(uint)key.GetHashCode() % StripeCount];

    sealed class Stripe
    {
        public long Commits;

        // The number of rows whose commit is under way. Used under the lock.
        public long Withdrawn;
    }
}
