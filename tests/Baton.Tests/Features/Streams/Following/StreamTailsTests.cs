using Baton.Server.Features.Streams;
using Baton.Server.Features.Streams.Following;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Feed;
using Baton.Tests.Platform.Feed;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Tests.Features.Streams.Following;

/// <summary>Who follows the tail of a stream is woken, whatever happens to the task that watches it.</summary>
public sealed class StreamTailsTests
{
    static readonly StreamKey s_key = new("ws", "str_1");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_ThatMeetsAFault_WakesItsReadersThenAndAfterwards()
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var background = new Background(NullLogger<Background>.Instance, ending.Token);
        var feed = new ChangeFeed(ledger: null!, peers: null, quarantine: null!, NullLogger<ChangeFeed>.Instance);
        background.Watch(feed.RunAsync(ending.Token));
        var tails = new StreamTails(feed, (_, _) => throw new FormatException("A row that nobody can read."), background);
        using var reader = tails.Follow(s_key);
        for (var seq = 1; seq <= 3; seq++)
        {
            var woken = reader.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
            feed.Publish("ws", [FeedEntries.Of(seq, "stream.append", "stream:str_1")]);
            Assert.True(await woken, $"The reader sleeps beside entry {seq}.");
        }

        Assert.False(background.Failed.IsCompleted);
        await ending.CancelAsync();
    }
}
