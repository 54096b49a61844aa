using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Storage;

/// <summary>
/// A lane's transaction. Owned by the lane's thread; nobody else calls it. Requests for rows and writes may be sent as
/// late as <see cref="FlushAsync"/>, so that a batch costs few exchanges with the database.
/// </summary>
internal interface ILaneSession : IAsyncDisposable
{
    /// <summary>Begins a transaction that alone writes to what is locked.</summary>
    void Begin(LaneLocks locks);

    /// <summary>
    /// Asks for rows. Gives <paramref name="found"/> every key with its row, or null where there is none.
    /// </summary>
    void Load<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TKey> keys, Action<TKey, TRow?> found)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class;

    void Upsert<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TRow> rows)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class;

    /// <summary>Adds rows that are known to be new.</summary>
    void Insert<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TRow> rows)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class;

    void Delete<TKey, TRow>(Table<TKey, TRow> table, IReadOnlyList<TKey> keys)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class;

    /// <summary>Returns when all requests and writes so far are done.</summary>
    ValueTask FlushAsync();

    /// <summary>A session for queries inside the transaction. They see what was flushed.</summary>
    ReadSession Queries { get; }

    /// <summary>Returns when the transaction is durable.</summary>
    ValueTask CommitAsync();

    /// <summary>Rolls the transaction back, in whatever state it is.</summary>
    ValueTask RollbackAsync();

    /// <summary>
    /// Does the work that must not delay an acknowledgement, such as checkpoints. The lane calls it between batches.
    /// </summary>
    /// <param name="isFull">The disk is full: whatever makes room for a deletion is worth doing now.</param>
    void Tidy(bool isFull);
}
