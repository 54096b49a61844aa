using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Stashes;

/// <summary>An edge of lineage lives as long as the version that was made, and its bytes are given back.</summary>
public sealed class LineageLifeTests : IAsyncLifetime
{
    const int Kept = 3;

    readonly TestTime _time = new();
    TestServer _server = null!;
    World _world = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(options => options with { StashVersions = Kept }, _time);
        _world = await World.NewAsync(_server);
        await _world.Agent.AskAsync("PUT /stash/first\n\nx");
        await _world.Agent.AskAsync("PUT /stash/second\n\nx");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Edges_OfVersionsThatAreNoLongerKept_AreGoneWithTheirBytes()
    {
        var before = await BytesAsync();
        for (var version = 1; version <= 20; version++)
            await _world.Agent.AskAsync("PUT /stash/made\nBaton-Sources: stash:first, stash:second\n\nx");
        await PassAsync();
        Assert.Equal(before + 1 + (Kept * 2 * 256), await BytesAsync());
        var edges = (await _world.Agent.AskAsync("GET /stash/made/lineage")).GetProperty("edges").EnumerateArray()
            .Select(edge => edge.GetProperty("target").GetString()).Distinct().Order().ToList();
        Assert.Equal(["stash:made@18", "stash:made@19", "stash:made@20"], edges);

        // Versions that were made of nothing push them out as well.
        for (var version = 1; version <= Kept; version++) await _world.Agent.AskAsync("PUT /stash/made\n\nx");
        await PassAsync();
        Assert.Equal(before + 1, await BytesAsync());
    }

    [Theory]
    [InlineData("", "DELETE /stash/made")]
    [InlineData("?ttl=5", null)]
    public async Task Edges_OfAStashThatIsGone_AreGoneWithTheirBytes(string query, string? end)
    {
        var before = await BytesAsync();
        for (var version = 1; version <= Kept; version++)
            await _world.Agent.AskAsync($"PUT /stash/made{query}\nBaton-Sources: stash:first@1\n\nx");
        if (end is not null) await _world.Agent.AskAsync(end);
        await PassAsync();
        Assert.Equal(before, await BytesAsync());
        Assert.Empty((await _world.Agent.AskAsync("GET /stash/first/lineage")).GetProperty("edges").EnumerateArray());
    }

    [Fact]
    public async Task Edges_OfAKeptVersion_OutliveTheirSource()
    {
        await _world.Agent.AskAsync("PUT /stash/made\nBaton-Sources: stash:first\n\nx");
        await _world.Agent.AskAsync("DELETE /stash/first");
        await PassAsync();
        Assert.Single((await _world.Agent.AskAsync("GET /stash/made/lineage")).GetProperty("edges").EnumerateArray());
    }

    /// <summary>Twelve seconds, in each of which the due worker works off what there is.</summary>
    async Task PassAsync()
    {
        for (var second = 0; second < 12; second++) await _server.AdvanceAsync(TimeSpan.FromSeconds(1));
    }

    ValueTask<long> BytesAsync() => _server.Parts.Database.ReadAsync(
        _world.WorkspaceId, static async (session, workspaceId, token) =>
        {
            var command = session.Command(
                "SELECT bytes FROM workspace WHERE workspace_id = @workspace_id", ("@workspace_id", workspaceId));
            await using var reader = await command.ExecuteReaderAsync(token);
            await reader.ReadAsync(token);
            return reader.GetInt64(0);
        }, TestContext.Current.CancellationToken);
}
