using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Commits.Lane;

/// <summary>One table's rows in a batch. Owned by the lane's thread.</summary>
internal interface IRowSet
{
    void Load(ILaneSession session);

    void Write(ILaneSession session);

    /// <summary>The operation succeeded: its changes stay.</summary>
    void Accept();

    /// <summary>The operation failed: its changes never were.</summary>
    void Undo();

    /// <summary>The batch is about to be committed: the cache shows none of its rows meanwhile.</summary>
    void Withdraw();

    /// <summary>The batch was not committed.</summary>
    void Restore();

    /// <summary>The batch is durable: the cache shows its rows from now on.</summary>
    void Publish();

    void Clear();
}
