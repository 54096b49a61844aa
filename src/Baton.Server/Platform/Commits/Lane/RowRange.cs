using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Commits.Lane;

/// <summary>
/// The first rows, in the order of their keys, of those of a table whose keys begin alike: what operations ask for
/// whose rows can be named only by their place. Equality by value, so that a batch reads a range once.
/// </summary>
internal interface IRowRange<TKey>
    where TKey : notnull, IEquatable<TKey>
{
    /// <summary>The order of the keys: the same as the database's.</summary>
    IComparer<TKey> Order { get; }

    /// <summary>Whether a key is in it.</summary>
    bool Holds(TKey key);

    /// <summary>
    /// Its first keys in order, at most so many, as the database has them; and whether there may be more.
    /// </summary>
    ValueTask<(List<TKey> Keys, bool IsCut)> ReadAsync(ReadSession session, int limit);
}

/// <summary>A range in a batch: what the database had when the batch began, and what the batch made of it.</summary>
internal interface IRangeRead
{
    ValueTask LoadAsync(ReadSession session);
}

/// <inheritdoc cref="IRangeRead"/>
internal sealed class RangeRead<TKey, TRow>(RowSet<TKey, TRow> rows, IRowRange<TKey> range)
    : IRangeRead
    where TKey : notnull, IEquatable<TKey>
    where TRow : class
{
    readonly List<TKey> _stored = [];
    int _wanted;
    int _spare;
    bool _isTaken;

    /// <summary>
    /// One operation more wants this many: no two of a batch shall go away empty for each other. Some more may turn out
    /// to be of no use to any of them.
    /// </summary>
    public void Want(int limit, int spare)
    {
        _wanted += limit;
        _spare = Math.Max(_spare, spare);
    }

    public async ValueTask LoadAsync(ReadSession session)
    {
        var (keys, isCut) = await range.ReadAsync(session, _wanted + _spare);
        _stored.AddRange(keys);
        IsCut = keys.Count > 0 && isCut;
    }

    /// <summary>The database may hold more than was read.</summary>
    public bool IsCut { get; private set; }

    /// <summary>
    /// The keys as the database had them, for the first who asks: what stands behind them is named once.
    /// </summary>
    public IReadOnlyList<TKey> TakeStored()
    {
        if (_isTaken) return [];
        _isTaken = true;
        return _stored;
    }

    /// <summary>The keys that are there now, in order, as far as was read.</summary>
    public IEnumerable<TKey> Keys()
    {
        var added = rows.Present().Where(range.Holds).ToList();
        // What the batch added behind the last key that was read may have others before it that were not read.
        if (IsCut) added.RemoveAll(key => range.Order.Compare(key, _stored[^1]) > 0);
        var stored = _stored.Where(key => !rows.IsGone(key));
        return added.Count == 0 ? stored : stored.Union(added).Order(range.Order);
    }
}

/// <summary>Where an operation names the ranges that it needs, when the rows of its Reads are there.</summary>
internal readonly struct RangeSet(Batch batch)
{
    /// <summary>The first rows of a range, as many as this operation can need.</summary>
    public void Add<TKey, TRow>(Table<TKey, TRow> table, IRowRange<TKey> range, int limit, int spare)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class => batch.Range(table, range).Want(limit, spare);
}
