using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Feed;

/// <summary>Readers who want little of very much: one request looks at so many entries only.</summary>
public sealed class FarReadTests
{
    [Theory]
    [InlineData("/events?resource=store:n/*&wait=2")]
    [InlineData("/store/n?wait=2")]
    public async Task LongPoll_WithMoreToLookAt_IsAnsweredWithThePlaceItReached(string target)
    {
        await using var server = await TestServer.StartAsync();
        var world = await World.NewAsync(server);
        var before = world.Head;
        var others = string.Join(',', Enumerable.Range(0, 900).Select(key => $"\"{key}\":1"));
        for (var commit = 0; commit < 24; commit++) await world.Agent.AskAsync($"POST /store/other\n\n{{\"set\":{{{others}}}}}");
        await world.Agent.AskAsync("PUT /store/n/k\nContent-Type: application/json\n\n1");
        var first = await world.Agent.AskAsync($"GET {target}&after={before}");
        // It does not wait beside entries that it has not looked at.
        Assert.Empty(first.GetProperty("items").EnumerateArray());
        var reached = first.GetProperty("next_after").GetInt64();
        Assert.InRange(reached, before + 20_000, world.Head - 1);
        var second = await world.Agent.AskAsync($"GET {target}&after={reached}");
        Assert.Equal(world.Head, Assert.Single(second.GetProperty("items").EnumerateArray()).GetProperty("seq").GetInt64());
        Assert.Equal(world.Head, second.GetProperty("next_after").GetInt64());
    }
}
