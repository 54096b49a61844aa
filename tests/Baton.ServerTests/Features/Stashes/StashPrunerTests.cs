using Baton.Server.Features.Stashes.Versions;
using Baton.Server.Platform.Identity;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Stashes;

/// <summary>Versions that are no longer kept are erased by their seqs, which a failover may have given to others.</summary>
public sealed class StashPrunerTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Erase_AfterTheCommitThatDroppedThemWasLost_ErasesNothing()
    {
        var world = await World.NewAsync(fixture.Server);
        var version = await PutAsync(world, "1");
        // As if another commit than that which dropped the version now had its seq; or none, because history is shorter.
        await EraseAsync(world, version, new DroppedBy(version, new byte[32]));
        await EraseAsync(world, version, new DroppedBy(version + 100, new byte[32]));
        Assert.Equal("1", await world.Agent.GetStringAsync("/stash/a", Cancellation));
        Assert.Equal("1", await world.Agent.GetStringAsync("/stash/a?version=1", Cancellation));
    }

    [Fact]
    public async Task Erase_WhileTheCommitThatDroppedThemIsThere_ErasesThem()
    {
        var world = await World.NewAsync(fixture.Server);
        var version = await PutAsync(world, "1");
        var dropping = await PutAsync(world, "2");
        var page = await world.Agent.AskAsync($"GET /events?after={dropping - 1}");
        var commitment = page.GetProperty("items")[0].GetProperty("commitment").GetString()!;
        await EraseAsync(world, version, new DroppedBy(dropping, Convert.FromHexString(commitment)));
        using (var gone = await world.Agent.SendAsync("GET /stash/a?version=1"))
            await Problems.CheckAsync(gone, "stash.version_not_found");
        Assert.Equal("2", await world.Agent.GetStringAsync("/stash/a", Cancellation));
    }

    /// <summary>The seq of the new version.</summary>
    static async Task<long> PutAsync(World world, string content) =>
        (await world.Agent.AskAsync("PUT /stash/a\n\n" + content)).GetProperty("seq").GetInt64();

    async Task EraseAsync(World world, long version, DroppedBy by)
    {
        var erase = new EraseVersions([version], by) { Actor = Actor.System(world.WorkspaceId) };
        var outcome = await fixture.Server.Parts.Runner.RunAsync(erase, traceId: null, idempotencyKey: null, Cancellation);
        Assert.Null(outcome.Failure);
    }
}
