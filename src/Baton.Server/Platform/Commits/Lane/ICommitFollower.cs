namespace Baton.Server.Platform.Commits.Lane;

/// <summary>Is told of every commit of this node, in order, by the lane's thread.</summary>
internal interface ICommitFollower
{
    /// <summary>These entries of one workspace are durable. Must not wait.</summary>
    void Publish(string workspaceId, ReadOnlySpan<FeedEntry> entries);
}
