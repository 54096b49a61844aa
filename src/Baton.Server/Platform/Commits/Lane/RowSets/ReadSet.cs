using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Commits.Lane.RowSets;

/// <summary>
/// Here an operation names what it needs to know, in rounds. All that the operations of a batch name in a round is read
/// in one go. Only operations that looked for something that was not known yet are asked again. Owned by the lane's
/// thread; no operation keeps it.
/// </summary>
internal sealed class ReadSet(Batch batch)
{
    /// <summary>
    /// The most rounds of a batch. An operation that asks for more has a fault, and fails alone: it would keep all
    /// others waiting.
    /// </summary>
    public const int MaxRounds = 8;

    List<RowQuery>? _queries;
    bool _isOneOfSeveral;

    /// <summary>Whether the operation that was asked last has to be asked again when what it named was read.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Names a row.</summary>
    public void Add<TKey, TRow>(Table<TKey, TRow> table, TKey key)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class => batch.SetOf(table).Want(key);

    /// <summary>
    /// Names a row that may come from the cache even if others write, as long as it is the one that is meant.
    /// </summary>
    public void Add<TKey, TRow, TMeant>(
        Table<TKey, TRow> table, TKey key, TMeant meant, Func<TRow, TMeant, bool> isMeant)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class => batch.SetOf(table).Want(key, meant, isMeant);

    /// <summary>
    /// Names a row that tells what else is needed. Null if it does not exist, and also while that is not known yet:
    /// then the operation is asked again.
    /// </summary>
    public TRow? Find<TKey, TRow>(Table<TKey, TRow> table, TKey key)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class
    {
        IsOpen |= !batch.SetOf(table).Want(key, out var row);
        return row;
    }

    /// <summary>
    /// Names the first rows of a range. Null while they are not known, so that the operation is asked again.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="range">The range.</param>
    /// <param name="limit">As many as this operation can need.</param>
    /// <param name="spare">Some more, that may turn out to be of no use.</param>
    public RangeRead<TKey, TRow>? Find<TKey, TRow>(
        Table<TKey, TRow> table, IRowRange<TKey> range, int limit, int spare)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class
    {
        var read = batch.RangeOf(table, range);
        if (read.IsRead) return read;
        read.Want(limit, spare);
        IsOpen = true;
        return null;
    }

    /// <summary>
    /// Names a query. It comes last: right before the operation is decided, when what the batch has changed so far was
    /// written.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="holds">
    /// What it finds holds whatever the operations before this one do in the same transaction: they are decided after
    /// it. Without that the operation cannot be one of several.
    /// </param>
    public void Query(RowQuery query, bool holds = false)
    {
        if (!holds && _isOneOfSeveral)
            throw new InvalidOperationException("It cannot name its rows, so it cannot be one of several operations.");
        (_queries ??= []).Add(query);
    }

    /// <summary>Notes that the operations that are asked from here on are decided together, as parts of one.</summary>
    public void BeginSeveral() => _isOneOfSeveral = true;

    /// <summary>Begins with the next operation.</summary>
    public void Begin()
    {
        IsOpen = false;
        _queries = null;
        _isOneOfSeveral = false;
    }

    /// <summary>The queries of the operation that was asked last; null for none.</summary>
    public IReadOnlyList<RowQuery>? Queries => _queries;
}
