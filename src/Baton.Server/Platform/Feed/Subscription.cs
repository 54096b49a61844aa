using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;

namespace Baton.Server.Platform.Feed;

/// <summary>
/// One follower's place among those to be woken. Subscribe before reading: then nothing is missed. It may be woken once
/// more when it is disposed.
/// </summary>
internal sealed class Subscription(WorkspaceFeed feed, FeedFilter filter) : Signal
{
    // Written by whoever wakes, read by anyone.
    long _newestSeq;

    public FeedFilter Filter => filter;

    /// <summary>The newest entry that it was woken for, or that may have concerned it; 0 for none.</summary>
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
