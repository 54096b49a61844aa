using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;

namespace Baton.Server.Platform.Feed;

/// <summary>
/// The subscription of one follower. Whoever subscribes before reading misses nothing. The follower may be woken once
/// more while the subscription is disposed.
/// </summary>
internal sealed class Subscription(WorkspaceFeed feed, FeedFilter filter) : Signal
{
    // Whoever wakes the follower writes it, everyone reads it.
    long _newestSeq;

    public FeedFilter Filter => filter;

    /// <summary>The newest entry for which the follower was woken, or which may concern it; 0: none.</summary>
    public long NewestSeq => Volatile.Read(ref _newestSeq);

    public void WakeFor(FeedEntry entry)
    {
        if (filter.Matches(entry.Entry)) WakeAt(entry.Seq);
    }

    public void WakeAt(long seq)
    {
        Volatile.Write(ref _newestSeq, seq);
        Wake();
    }

    public override void Dispose()
    {
        feed.Unsubscribe(this);
        base.Dispose();
    }
}
