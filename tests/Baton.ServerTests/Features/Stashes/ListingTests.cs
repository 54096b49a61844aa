using System.Text.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Stashes;

/// <summary>Lists and graphs over many stashes.</summary>
public sealed class ListingTests : IAsyncLifetime
{
    TestServer _server = null!;
    World _world = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _world = await World.NewAsync(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task List_WhileOthersComeAndGo_SkipsAndRepeatsNothingThatStays()
    {
        var staying = Enumerable.Range(0, 60).Select(number => $"s{number:00}").ToList();
        await Task.WhenAll(staying.Select(name => _world.Agent.AskAsync($"PUT /stash/{name}\n\nx")));
        var seen = new List<string>();
        var page = 0;
        for (var cursor = ""; cursor is not null;)
        {
            var answer = await _world.Agent.AskAsync("GET /stashes?limit=7" + (cursor.Length > 0 ? "&cursor=" + cursor : ""));
            seen.AddRange(NamesOf(answer));
            cursor = answer.GetProperty("next_cursor").GetString();
            // Before and behind the cursor something comes and goes between any two pages.
            await _world["planner"].AskAsync($"PUT /stash/a{page}\n\nx");
            await _world["planner"].AskAsync($"PUT /stash/s{page}.5\n\nx");
            if (page > 0) await _world["planner"].AskAsync($"DELETE /stash/s{page - 1}.5");
            page++;
        }

        Assert.Equal(staying, seen.Intersect(staying));
        Assert.Equal(seen.Order(StringComparer.Ordinal).Distinct(), seen);
    }

    [Fact]
    public async Task List_InTheOrderOfBytes_GoesOnBehindEachName()
    {
        string[] names = ["-", "A", "Z", "_", "a", "a-", "a-b", "a.", "a.b", "a0", "aA", "a_", "aa", "b"];
        foreach (var name in names) await _world.Agent.AskAsync($"PUT /stash/{name}\n\nx");
        for (var index = 0; index < names.Length; index++)
        {
            var next = NamesOf(await _world.Agent.AskAsync(_world.Fill($"GET /stashes?cursor={{cursor stash.list {names[index]}}}")));
            Assert.Equal(names[(index + 1)..], next);
            var prefixed = NamesOf(await _world.Agent.AskAsync($"GET /stashes?prefix={names[index]}"));
            Assert.Equal(names.Where(name => name.StartsWith(names[index], StringComparison.Ordinal)), prefixed);
        }
    }

    [Fact]
    public async Task Lineage_OverAThousandNodes_IsTruncated()
    {
        await _world.Agent.AskAsync("PUT /stash/root\n\nx");
        foreach (var chunk in Enumerable.Range(0, 1001).Chunk(50))
            await Task.WhenAll(chunk.Select(number => _world.Agent.AskAsync($"PUT /stash/n{number}\nBaton-Sources: stash:root\n\nx")));
        var graph = await _world.Agent.AskAsync("GET /stash/root/lineage");
        Assert.True(graph.GetProperty("truncated").GetBoolean());
        Assert.Equal(1000, graph.GetProperty("nodes").GetArrayLength());
    }

    [Fact]
    public async Task Lineage_OfEveryVersion_ShowsWhoMadeWhatWithWhat()
    {
        await _world["planner"].AskAsync("PUT /stash/a\nBaton-Model: m-0\n\n1");
        await _world.Agent.AskAsync("PUT /stash/b\nBaton-Agent: w1\nBaton-Model: m-1\nBaton-Sources: stash:a\n\n1");
        await _world.Agent.AskAsync("PATCH /stash/b/append\nBaton-Agent: w2\nBaton-Sources: stash:a@1, stash:b\n\n2");
        await _world.Agent.AskAsync("PATCH /stash/b/replace\nBaton-Agent: w3\nBaton-Sources: stash:b\n\n{\"old\":\"1\",\"new\":\"\"}");
        var graph = await _world.Agent.AskAsync("GET /stash/b/lineage");
        var nodes = graph.GetProperty("nodes").EnumerateArray().ToDictionary(
            node => node.GetProperty("id").GetString()!, node => $"{node.GetProperty("by").GetString()} {node.GetProperty("model").GetString()}");
        Assert.Equal(["stash:a@1", "stash:b@1", "stash:b@2", "stash:b@3"], nodes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("w1 m-1", "w2 ", "w3 "), (nodes["stash:b@1"], nodes["stash:b@2"], nodes["stash:b@3"]));
        var edges = graph.GetProperty("edges").EnumerateArray().Select(
            edge => $"{edge.GetProperty("source").GetString()![6..]}>{edge.GetProperty("target").GetString()![6..]}");
        Assert.Equal(["a@1>b@1", "a@1>b@2", "b@1>b@2", "b@2>b@3"], edges.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Append_ByManyToOneLargeStash_LosesNothing()
    {
        await _world.Agent.AskAsync("PUT /stash/log\n\n" + new string('.', 70_000));
        await Task.WhenAll(Enumerable.Range(0, 24).Select(number => _world.Agent.AskAsync($"PATCH /stash/log/append\n\n<{number}>")));
        var text = await _world.Agent.GetStringAsync("/stash/log", Cancellation);
        Assert.All(Enumerable.Range(0, 24), number => Assert.Contains($"<{number}>", text, StringComparison.Ordinal));
        Assert.Equal(70_000 + Enumerable.Range(0, 24).Sum(number => $"<{number}>".Length), text.Length);
    }

    [Fact]
    public async Task Append_ByManyToOneSmallStash_LosesNothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 64).Select(number => _world.Agent.AskAsync($"PATCH /stash/log/append\n\n<{number}>")));
        var text = await _world.Agent.GetStringAsync("/stash/log", Cancellation);
        Assert.All(Enumerable.Range(0, 64), number => Assert.Contains($"<{number}>", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Put_IfMatchByManyAtOnce_SucceedsForOne()
    {
        await _world.Agent.AskAsync("PUT /stash/a\n\nx");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => _world.Agent.SendAsync("PUT /stash/a\nIf-Match: \"1\"\n\ny")));
        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        foreach (var answer in answers.Where(answer => !answer.IsSuccessStatusCode)) await Problems.CheckAsync(answer, "version.mismatch");
    }

    static List<string> NamesOf(JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];
}
