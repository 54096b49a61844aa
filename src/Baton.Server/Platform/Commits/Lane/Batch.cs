using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Caches;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Commits.Lane;

/// <summary>The rows of one batch, by table. Owned by the lane's thread; reused from batch to batch.</summary>
internal sealed class Batch(RowCaches caches)
{
    readonly List<IRowSet> _sets = [];
    readonly Dictionary<object, IRangeRead> _ranges = [];
    readonly List<IRangeRead> _unreadRanges = [];
    IRowSet?[] _byTable = new IRowSet?[32];

    public TRow? Get<TKey, TRow>(Table<TKey, TRow> table, TKey key)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class => SetOf(table).Get(key);

    public RowSet<TKey, TRow> SetOf<TKey, TRow>(Table<TKey, TRow> table)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class
    {
        if (table.Index >= _byTable.Length) Array.Resize(ref _byTable, table.Index * 2);
        if (_byTable[table.Index] is RowSet<TKey, TRow> known) return known;
        var set = new RowSet<TKey, TRow>(table, caches.Of(table), caches.IsExact);
        _byTable[table.Index] = set;
        _sets.Add(set);
        return set;
    }

    /// <summary>The range. It is made when it is first named.</summary>
    public RangeRead<TKey, TRow> RangeOf<TKey, TRow>(Table<TKey, TRow> table, IRowRange<TKey> range)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class
    {
        if (_ranges.TryGetValue(range, out var known)) return (RangeRead<TKey, TRow>)known;
        var read = new RangeRead<TKey, TRow>(SetOf(table), range);
        _ranges.Add(range, read);
        _unreadRanges.Add(read);
        return read;
    }

    /// <summary>A range that was named and read.</summary>
    public RangeRead<TKey, TRow> Range<TKey, TRow>(Table<TKey, TRow> table, IRowRange<TKey> range)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class =>
        _ranges.TryGetValue(range, out var known) && known.IsRead
            ? (RangeRead<TKey, TRow>)known
            : throw new InvalidOperationException($"A range of {table.Name} was not named in Reads.");

    /// <summary>
    /// Reads the rows and ranges that were named and are not known yet. Called before anything is written.
    /// </summary>
    public async ValueTask LoadAsync(ILaneSession session)
    {
        foreach (var set in _sets) set.Load(session);
        await session.FlushAsync();
        foreach (var range in _unreadRanges) await range.LoadAsync(session.Queries);
        _unreadRanges.Clear();
    }

    /// <summary>Gives the changed rows to the session, which writes them when it is flushed or commits.</summary>
    public void Write(ILaneSession session)
    {
        foreach (var set in _sets) set.Write(session);
    }

    public void Accept() => _sets.ForEach(set => set.Accept());

    public void Undo() => _sets.ForEach(set => set.Undo());

    public void Withdraw() => _sets.ForEach(set => set.Withdraw());

    public void Restore() => _sets.ForEach(set => set.Restore());

    public void Publish() => _sets.ForEach(set => set.Publish());

    public void Clear()
    {
        _sets.ForEach(set => set.Clear());
        _ranges.Clear();
        _unreadRanges.Clear();
    }
}
