using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Commits.Lane.RowSets;

/// <summary>One table's rows in a batch. Owned by the lane's thread.</summary>
internal interface IRowSet
{
    void Load(ILaneSession session);

    void Write(ILaneSession session);

    /// <summary>Keeps the changes of an operation that succeeded.</summary>
    void Accept();

    /// <summary>Undoes the changes of an operation that failed.</summary>
    void Undo();

    /// <summary>Hides the rows of the batch in the cache, before it is committed.</summary>
    void Withdraw();

    /// <summary>Shows the rows in the cache again: the batch was not committed.</summary>
    void Restore();

    /// <summary>Puts the rows into the cache: the batch is durable.</summary>
    void Publish();

    void Clear();
}
