using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Ledger;

namespace Baton.Tests.Platform.Feed;

/// <summary>Who follows is woken by what it wants, a bounded part at a time, and never while the lane is kept out.</summary>
public sealed class WorkspaceFeedTests
{
    const int Everybody = int.MaxValue;

    [Fact]
    public void Dispatch_OfMoreThanATurnHolds_GoesOnWithTheNext()
    {
        var feed = new WorkspaceFeed();
        var followers = Follow(feed, count: 10, "stash:*");
        feed.Add([Entry(seq: 1, "stash:a"), Entry(seq: 2, "stash:b")]);
        // Each weighs a little more than 1: a turn of 10 asks some, and the rest is for others.
        Assert.True(feed.Dispatch(work: 10));
        Assert.InRange(followers.Count(follower => follower.NewestSeq > 0), 1, 9);
        Assert.True(feed.TryQueueAgain());
        while (feed.Dispatch(work: 10)) Assert.True(feed.TryQueueAgain());
        Assert.All(followers, follower => Assert.Equal(2, follower.NewestSeq));
    }

    [Fact]
    public void Dispatch_EntriesThatComeBetweenTurns_AreToldInTheirOrder()
    {
        var feed = new WorkspaceFeed();
        var exact = Follow(feed, count: 3, "stash:a");
        feed.Add([Entry(seq: 1, "stash:a")]);
        Assert.True(feed.Dispatch(work: 1));
        feed.Add([Entry(seq: 2, "stash:b"), Entry(seq: 3, "stash:a")]);
        while (feed.Dispatch(work: 1)) Assert.All(exact, follower => Assert.NotEqual(2, follower.NewestSeq));
        Assert.All(exact, follower => Assert.Equal(3, follower.NewestSeq));
    }

    [Fact]
    public void Dispatch_AfterMoreThanTheRingHolds_WakesEveryone()
    {
        var feed = new WorkspaceFeed();
        var followers = Follow(feed, count: 2, "stash:a").Concat(Follow(feed, count: 2, "schema:*")).ToList();
        feed.Add([.. Enumerable.Range(1, 3000).Select(seq => Entry(seq, "stash:other"))]);
        while (feed.Dispatch(work: 1)) Assert.True(feed.TryQueueAgain());
        Assert.All(followers, follower => Assert.True(IsWoken(follower)));
    }

    /// <summary>A wake-up that hangs stands for work that takes long: meanwhile the lane adds, readers come and go.</summary>
    [Fact]
    public async Task Dispatch_WhileItTakesLong_HoldsUpNobody()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var waking = new HangingContext();
        var feed = new WorkspaceFeed();
        using var slow = feed.Subscribe(FeedFilter.Of("stash:*"));
        var woken = waking.Run(() => slow.WaitAsync(TimeSpan.FromMinutes(5), cancellation));
        feed.Add([Entry(seq: 1, "stash:a")]);
        var dispatching = Task.Run(() => feed.Dispatch(Everybody), cancellation);
        waking.AwaitPost();
        var others = Task.Run(() =>
        {
            feed.Add([Entry(seq: 2, "stash:a")]);
            feed.Subscribe(FeedFilter.Everything).Dispose();
            Assert.True(feed.TryReadRecent(after: 0, limit: 10, []));
        }, cancellation);
        try
        {
            await others.WaitAsync(TimeSpan.FromSeconds(30), cancellation);
        }
        finally
        {
            waking.Release();
        }

        Assert.False(await dispatching);
        Assert.True(await woken);
        Assert.Equal(2, slow.NewestSeq);
    }

    [Fact]
    public void Dispatch_ToOneWhoLeft_IsHarmless()
    {
        var feed = new WorkspaceFeed();
        var followers = Follow(feed, count: 3, "stash:*");
        feed.Add([Entry(seq: 1, "stash:a")]);
        Assert.True(feed.Dispatch(work: 1));
        followers[1].Dispose();
        followers[2].Dispose();
        while (feed.Dispatch(work: 1)) Assert.True(feed.TryQueueAgain());
        Assert.True(IsWoken(followers[0]));
    }

    [Fact]
    public void Weight_OfAFilter_GrowsWithWhatItTakesToAskIt()
    {
        Assert.Equal(1, FeedFilter.Of("stash:a").Weight);
        Assert.Equal(1, FeedFilter.Everything.Weight);
        Assert.Equal(2, FeedFilter.Of("stash:*").Weight);
        Assert.Equal(30, FeedFilter.Of(new string('x', 899) + "*").Weight);
    }

    static List<Subscription> Follow(WorkspaceFeed feed, int count, string resource) =>
        [.. Enumerable.Range(0, count).Select(_ => feed.Subscribe(FeedFilter.Of(resource)))];

    static bool IsWoken(Subscription subscription)
    {
        var wait = subscription.WaitAsync(TimeSpan.Zero, CancellationToken.None);
        return wait.IsCompletedSuccessfully && wait.Result;
    }

    /// <summary>A failover lost the newest entries, and another server has given their seqs again.</summary>
    [Fact]
    public void Add_ToAnotherHistory_IsLeftToTheLedger()
    {
        var feed = new WorkspaceFeed();
        using var follower = feed.Subscribe(FeedFilter.Everything);
        feed.Add([Entry(1, "a"), Entry(2, "a"), Entry(3, "a")]);
        var lost = feed.Place;
        var next = new FeedEntry(Entry(4, "b").Entry, previousHash: FeedEntries.HashOf(-1), FeedEntries.HashOf(-4));
        Assert.Equal(WorkspaceFeed.AddResult.Unclear, feed.Add([next]));
        Assert.Equal(WorkspaceFeed.AddResult.Unclear, feed.Add([Entry(1, "a"), Entry(2, "a")]));
        Assert.Equal(WorkspaceFeed.AddResult.Unclear, feed.Add([Entry(4, "a"), Entry(6, "a")]));
        Assert.Equal((3, false), (feed.Head, follower.HasHistoryGoneBack));

        Assert.False(feed.TryGoBack(from: LedgerPlace.Genesis, to: LedgerPlace.Genesis));
        Assert.True(feed.TryGoBack(from: lost, to: new LedgerPlace(1, FeedEntries.HashOf(1))));
        Assert.Equal((1, true), (feed.Head, follower.HasHistoryGoneBack));
        Assert.False(feed.TryReadRecent(after: 0, limit: 9, []));
        var again = new FeedEntry(Entry(2, "b").Entry, previousHash: FeedEntries.HashOf(1), FeedEntries.HashOf(-2));
        Assert.NotEqual(WorkspaceFeed.AddResult.Unclear, feed.Add([again]));
        Assert.Equal(2, feed.Head);
    }

    static FeedEntry Entry(long seq, string resource) => FeedEntries.Of(seq, "stash.put", resource);

    /// <summary>Where a waiter goes on: whoever wakes it hangs there until released.</summary>
    sealed class HangingContext : SynchronizationContext, IDisposable
    {
        readonly ManualResetEventSlim _posted = new();
        readonly ManualResetEventSlim _released = new();

        /// <summary>Begins a wait that goes on here.</summary>
        public Task<bool> Run(Func<ValueTask<bool>> wait)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                return WaitHereAsync(wait);
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }

        public void AwaitPost() => _posted.Wait(TestContext.Current.CancellationToken);

        public void Release() => _released.Set();

        public override void Post(SendOrPostCallback d, object? state)
        {
            _posted.Set();
            _released.Wait(TestContext.Current.CancellationToken);
            ThreadPool.QueueUserWorkItem(_ => d(state));
        }

        public void Dispose()
        {
            _posted.Dispose();
            _released.Dispose();
        }

        // The wait goes on in this context, on purpose.
        static async Task<bool> WaitHereAsync(Func<ValueTask<bool>> wait) => await wait();
    }
}
