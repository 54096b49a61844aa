using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Storage.Caches;

/// <summary>The row caches of one server, by table.</summary>
/// <param name="capacityBytesPerTable">The bound of each.</param>
/// <param name="isShared">
/// Other servers write to the database as well: only what cannot change, or may lag, is cached.
/// </param>
internal sealed class RowCaches(long capacityBytesPerTable, bool isShared = false)
{
    // The cache of a table is added when it is first used, and never changes after that.
    readonly System.Collections.Concurrent.ConcurrentDictionary<int, object> _caches = new();

    // The caches of rows that may lag. They are added together with those in _caches.
    readonly System.Collections.Concurrent.ConcurrentBag<IClearable> _lagging = [];

    /// <summary>The cache of a table; null for a table whose rows are not cached.</summary>
    public RowCache<TKey, TRow>? Of<TKey, TRow>(Table<TKey, TRow> table)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class =>
        table.Weight is null || (isShared && !table.IsImmutable && !table.MayLag)
            ? null
            : (RowCache<TKey, TRow>)_caches.GetOrAdd(table.Index, _ => Make(table));

    /// <summary>
    /// Whether the lane may take rows from the cache without a check: only if nobody else writes them. If others write
    /// too, a failover may lose rows, and other rows may then get their keys, even the keys of rows that never change.
    /// </summary>
    public bool IsExact => !isShared;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (var cache in _caches.Values) ((IClearable)cache).Clear();
    }

    /// <summary>Forgets the rows that may lag: none of them is older than the last call.</summary>
    public void ClearLagging()
    {
        foreach (var cache in _lagging) cache.Clear();
    }

    RowCache<TKey, TRow> Make<TKey, TRow>(Table<TKey, TRow> table)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class
    {
        var cache = new RowCache<TKey, TRow>(table, capacityBytesPerTable);
        if (isShared && table.MayLag) _lagging.Add(cache);
        return cache;
    }
}
