using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Ledger;
using Baton.ServerTests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.ServerTests.Platform.Feed;

public sealed class FeedTests
{
    [Fact]
    public async Task Read_WhileACommitIsNotYetPublished_EndsAtTheHeadThatReadersSee()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = await TestServer.StartAsync();
        var world = await World.NewAsync(server);
        // As in the moment between the commit and its publication: the rows are there, the head is not.
        var feed = new ChangeFeed(
            server.Parts.Ledger, peers: null, server.Parts.Quarantine, NullLogger<ChangeFeed>.Instance);
        feed.StartAt(world.WorkspaceId, LedgerPlace.Genesis with { Seq = 3 });
        var entries = await feed.ReadAsync(world.WorkspaceId, after: 0, limit: 100, cancellation);
        // A reader who is given more would be told with its next request that its cursor is ahead.
        Assert.Equal(3, entries[^1].Seq);
        Assert.Equal(3, entries.Count);
    }
}
