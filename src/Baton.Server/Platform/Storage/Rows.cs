using System.Text;

namespace Baton.Server.Platform.Storage;

/// <summary>The row caches of one server, by table.</summary>
/// <param name="capacityBytesPerTable">The bound of each.</param>
/// <param name="isShared">
/// Other servers write to the database as well: only what cannot change, or may lag, is cached.
/// </param>
internal sealed class RowCaches(long capacityBytesPerTable, bool isShared = false)
{
    // Written once per table, on first use.
    readonly System.Collections.Concurrent.ConcurrentDictionary<int, object> _caches = new();

    // Those of rows that may lag. Written with _caches.
    readonly System.Collections.Concurrent.ConcurrentBag<IClearable> _lagging = [];

    /// <summary>The cache of a table; null for a table whose rows are not cached.</summary>
    public RowCache<TKey, TRow>? Of<TKey, TRow>(Table<TKey, TRow> table)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class =>
        table.Weight is null || (isShared && !table.IsImmutable && !table.MayLag)
            ? null
            : (RowCache<TKey, TRow>)_caches.GetOrAdd(table.Index, _ => Make(table));

    /// <summary>
    /// Whether the lane may take rows from the cache without a check: only if nobody else writes them. Where others do,
    /// a failover may lose rows, and others then come under their keys, also under those of rows that never change.
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

/// <summary>A cache that can be emptied, whatever its rows.</summary>
internal interface IClearable
{
    void Clear();
}

/// <summary>
/// Reads whole rows of one table by key, from the cache where they are there. Safe for concurrent use.
/// </summary>
internal sealed class Rows<TKey, TRow>(IDatabase database, RowCaches caches, Table<TKey, TRow> table)
    where TKey : notnull, IEquatable<TKey>
    where TRow : class
{
    readonly RowCache<TKey, TRow>? _cache = caches.Of(table);
    readonly string _select = SelectByKey(table);

    // Names only: the values are bound afterwards, column by column.
    readonly (string, object?)[] _parameters = [.. table.Key.Select(column => ("@" + column.Name, (object?)null))];

    public Table<TKey, TRow> Table => table;

    /// <summary>The row as of the newest commit; null where there is none.</summary>
    public ValueTask<TRow?> GetAsync(TKey key, CancellationToken cancellation)
    {
        if (_cache is not null && _cache.TryGet(key, out var row)) return new(row);
        return ReadAsync(key, cancellation);
    }

    /// <summary>A row that was read or committed before; null where none is kept.</summary>
    public TRow? Cached(TKey key) => _cache is not null && _cache.TryGet(key, out var row) ? row : null;

    /// <summary>The row as the database has it now; null where there is none.</summary>
    public async ValueTask<TRow?> ReadAsync(TKey key, CancellationToken cancellation)
    {
        var mark = _cache?.Mark(key) ?? 0;
        var row = await database.FindAsync(this, key, cancellation);
        if (row is not null) _cache?.Offer(key, row, mark);
        return row;
    }

    /// <summary>The row as a session sees it, for reads of several rows in one snapshot.</summary>
    public async ValueTask<TRow?> SelectAsync(ReadSession session, TKey key, CancellationToken cancellation)
    {
        var command = session.Command(_select, _parameters);
        var binder = new ParameterBinder(command);
        for (var index = 0; index < table.Key.Count; index++) table.Key[index].Bind(binder, index, key);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? table.Read(reader) : null;
    }

    /// <summary>`SELECT every column FROM table WHERE key`, the same text on every store.</summary>
    public static string SelectByKey(Table<TKey, TRow> table)
    {
        var sql = new StringBuilder("SELECT ")
            .AppendJoin(", ", table.Columns.Select(column => column.Name))
            .Append(" FROM ").Append(table.Name).Append(" WHERE ")
            .AppendJoin(" AND ", table.Key.Select(column => $"{column.Name} = @{column.Name}"));
        return sql.ToString();
    }
}

/// <summary>Makes readers of tables.</summary>
internal sealed class RowReaders(IDatabase database, RowCaches caches)
{
    public Rows<TKey, TRow> Of<TKey, TRow>(Table<TKey, TRow> table)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class => new(database, caches, table);
}
