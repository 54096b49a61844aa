using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Commits.Lane.RowSets;

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

    /// <inheritdoc/>
    public bool IsRead { get; private set; }

    /// <summary>
    /// Notes that one more operation wants this many rows. The numbers are added up, so that no two operations of a
    /// batch get nothing because of each other. The spare ones may turn out to be of no use to any of them.
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
        IsRead = true;
    }

    /// <summary>Whether the database may have more rows than were read.</summary>
    public bool IsCut { get; private set; }

    /// <summary>
    /// The keys as the database had them, for the first caller only, so that the rows behind them are named once.
    /// </summary>
    public IReadOnlyList<TKey> TakeStored()
    {
        if (_isTaken) return [];
        _isTaken = true;
        return _stored;
    }

    /// <summary>The keys that exist now, in order, as far as they were read.</summary>
    public IEnumerable<TKey> Keys()
    {
        var added = rows.Present().Where(range.Holds).ToList();
        // Keys that the batch added behind the last key that was read are left out: others that were not read may come
        // before them.
        if (IsCut) added.RemoveAll(key => range.Order.Compare(key, _stored[^1]) > 0);
        var stored = _stored.Where(key => !rows.IsGone(key));
        return added.Count == 0 ? stored : stored.Union(added).Order(range.Order);
    }
}
