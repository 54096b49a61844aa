using System.Runtime.InteropServices;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Caches;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Commits.Lane.RowSets;

/// <inheritdoc cref="IRowSet"/>
/// <param name="table">The table.</param>
/// <param name="cache">Where committed rows are published; null for none.</param>
/// <param name="isCacheExact">Rows may be taken from the cache unchecked: nobody else writes them.</param>
internal sealed class RowSet<TKey, TRow>(Table<TKey, TRow> table, RowCache<TKey, TRow>? cache, bool isCacheExact)
    : IRowSet
    where TKey : notnull, IEquatable<TKey>
    where TRow : class
{
    readonly Dictionary<TKey, Entry> _rows = [];
    readonly List<TKey> _wanted = [];
    readonly List<(TKey Key, Entry Before)> _undo = [];
    readonly HashSet<TKey> _dirty = [];
    readonly List<TKey> _written = [];
    readonly List<TKey> _withdrawn = [];
    readonly List<TRow> _upserts = [];
    readonly List<TKey> _deletes = [];

    public void Want(TKey key) => Want(key, out _);

    /// <summary>Names a row. False while it is not known yet whether the row exists.</summary>
    public bool Want(TKey key, out TRow? row)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, key, out var known);
        if (!known)
        {
            if (isCacheExact && cache is not null && cache.TryGet(key, out row)) entry = new Entry(row, Loaded: true);
            else _wanted.Add(key);
        }

        row = entry.Row;
        return entry.Loaded;
    }

    /// <summary>As <see cref="Want(TKey)"/>; a cached row counts if it is the one that is meant.</summary>
    public void Want<TMeant>(TKey key, TMeant meant, Func<TRow, TMeant, bool> isMeant)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, key, out var known);
        if (known) return;
        if (cache is not null && cache.TryGet(key, out var row) && isMeant(row!, meant))
            entry = new Entry(row, Loaded: true);
        else _wanted.Add(key);
    }

    public void Load(ILaneSession session)
    {
        if (_wanted.Count == 0) return;
        session.Load(table, _wanted, (key, row) =>
        {
            _rows[key] = new Entry(row, Loaded: true);
            if ((isCacheExact || table.IsImmutable) && row is not null) cache?.Offer(key, row, cache.Mark(key));
        });
        _wanted.Clear();
    }

    /// <summary>The keys of the rows that are known to exist.</summary>
    public IEnumerable<TKey> Present() =>
        _rows.Where(pair => pair.Value.Row is not null).Select(pair => pair.Key);

    /// <summary>Whether a row is known not to exist.</summary>
    public bool IsGone(TKey key) => _rows.TryGetValue(key, out var entry) && entry is { Loaded: true, Row: null };

    /// <summary>The row, if it was read or set.</summary>
    public TRow? Peek(TKey key) => _rows.TryGetValue(key, out var entry) ? entry.Row : null;

    public TRow? Get(TKey key) =>
        _rows.TryGetValue(key, out var entry) && entry.Loaded
            ? entry.Row
            : throw new InvalidOperationException($"A row of {table.Name} was not named in Reads.");

    /// <summary>Sets or, with null, deletes a row. It need not have been read.</summary>
    public void Set(TKey key, TRow? row)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, key, out _);
        _undo.Add((key, entry));
        entry = new Entry(row, Loaded: true);
    }

    public void Accept()
    {
        foreach (var (key, _) in _undo) _dirty.Add(key);
        _undo.Clear();
    }

    public void Undo()
    {
        for (var index = _undo.Count - 1; index >= 0; index--)
        {
            var (key, before) = _undo[index];
            if (before.Loaded) _rows[key] = before;
            else _rows.Remove(key);
        }

        _undo.Clear();
    }

    public void Write(ILaneSession session)
    {
        if (_dirty.Count == 0) return;
        foreach (var key in _dirty)
        {
            if (_rows[key].Row is { } row) _upserts.Add(row);
            else _deletes.Add(key);
            _written.Add(key);
        }

        _dirty.Clear();
        if (_deletes.Count > 0) session.Delete(table, _deletes);
        if (_upserts.Count > 0) session.Upsert(table, _upserts);
        _deletes.Clear();
        _upserts.Clear();
    }

    public void Withdraw()
    {
        if (cache is null) return;
        _withdrawn.AddRange(_written.Where(key => _rows[key].Row is null || !table.IsImmutable));
        foreach (var key in _withdrawn) cache.Withdraw(key);
    }

    public void Restore()
    {
        foreach (var key in _withdrawn) cache!.Restore(key);
        _withdrawn.Clear();
    }

    public void Publish()
    {
        foreach (var key in _withdrawn) cache!.Publish(key, _rows[key].Row);
        _withdrawn.Clear();
    }

    public void Clear()
    {
        _rows.Clear();
        _wanted.Clear();
        _undo.Clear();
        _dirty.Clear();
        _written.Clear();
        _upserts.Clear();
        _deletes.Clear();
    }

    readonly record struct Entry(TRow? Row, bool Loaded);
}
