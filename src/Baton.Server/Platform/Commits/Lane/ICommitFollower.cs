namespace Baton.Server.Platform.Commits.Lane;

/// <summary>Is told of every commit of this node, in order. The lane's thread calls it.</summary>
internal interface ICommitFollower
{
    /// <summary>Tells that these entries of one workspace are durable. Must not wait.</summary>
    void Publish(string workspaceId, ReadOnlySpan<FeedEntry> entries);
}
