using System.Net;
using System.Text.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Store;

/// <summary>Many at once: nothing is lost, nothing is seen in half, and pages skip and repeat nothing that stays.</summary>
public sealed class StoreConcurrencyTests : IAsyncLifetime
{
    const string Json = "Content-Type: application/json\n\n";

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
    public async Task Increment_By64AtOnce_IsExact()
    {
        const int Each = 25;
        await _world.Agent.AskAsync("PUT /store/n/meta\n\n{\"completed\":9223372036854775000,\"log\":[]}");
        await Task.WhenAll(Enumerable.Range(0, 64).Select(number => Task.Run(async () =>
        {
            for (var count = 0; count < Each; count++)
                await _world.Agent.AskAsync($"PATCH /store/n/meta\n\n{{\"increment\":{{\"/completed\":1}},\"append\":{{\"/log\":{number}}}}}");
        })));
        var meta = await _world.Agent.AskAsync("GET /store/n/meta?full=true");
        var value = meta.GetProperty("value");
        Assert.Equal("9223372036854776600", value.GetProperty("completed").GetRawText());
        Assert.All(value.GetProperty("log").EnumerateArray().CountBy(item => item.GetInt32()), pair => Assert.Equal(Each, pair.Value));
        Assert.Equal(1 + (64 * Each), meta.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task LargeRecord_PatchedByMany_LosesNothing()
    {
        await _world.Agent.AskAsync($"PUT /store/n/big\n\n{{\"pad\":\"{new string('x', 100_000)}\",\"n\":0}}");
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            for (var count = 0; count < 4; count++)
            {
                using var answer = await _world.Agent.SendAsync("PATCH /store/n/big\n\n{\"increment\":{\"/n\":1}}");
                if (answer.StatusCode == HttpStatusCode.Conflict) count--;
                else Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        })));
        Assert.Equal(64, JsonElement.Parse(await _world.Agent.GetByteArrayAsync("/store/n/big", Cancellation)).GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task Snapshot_WhileTwoKeysAreWrittenTogether_NeverShowsOneOfThem()
    {
        var padding = Enumerable.Range(0, 900).ToDictionary(number => $"m{number:000}", _ => new string('p', 200));
        await _world.Agent.AskAsync($"POST /store/n\n\n{{\"set\":{JsonSerializer.Serialize(padding)}}}");
        await _world.Agent.AskAsync("POST /store/n\n\n{\"set\":{\"a\":0,\"z\":0}}");
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writers = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var count = 0; !done.IsCancellationRequested; count++)
                await _world["planner"].AskAsync($"POST /store/n\n\n{{\"set\":{{\"a\":{count},\"z\":{count}}}}}");
        })));
        for (var read = 0; read < 40; read++)
        {
            using var lines = await _world.Agent.SendAsync("GET /store/n\nAccept: application/x-ndjson");
            var items = (await lines.Content.ReadAsStringAsync(Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(902, items.Length);
            AssertSame(JsonElement.Parse(items[0]), JsonElement.Parse(items[^1]));
            var page = (await _world.Agent.AskAsync("GET /store/n?limit=1000")).GetProperty("items").EnumerateArray().ToList();
            AssertSame(page[0], page[^1]);
            var many = (await _world.Agent.AskAsync("POST /store/n/get\n\n{\"keys\":[\"a\",\"z\"]}")).GetProperty("values");
            Assert.Equal(many.GetProperty("a").GetInt32(), many.GetProperty("z").GetInt32());
        }

        await done.CancelAsync();
        await writers;
    }

    [Fact]
    public async Task Pages_WhileThingsComeAndGo_SkipAndRepeatNothingThatStays()
    {
        var stays = Enumerable.Range(0, 200).Select(number => $"k{number:000}").ToList();
        await _world.Agent.AskAsync($"POST /store/n\n\n{{\"set\":{JsonSerializer.Serialize(stays.ToDictionary(key => key, _ => 1))}}}");
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var churn = Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(async () =>
        {
            for (var count = 0; !done.IsCancellationRequested; count++)
            {
                var key = $"k{count * 7 % 200:000}-{number}";
                await _world["planner"].AskAsync($"PUT /store/n/{key}\n{Json}1");
                await _world["planner"].AskAsync($"PUT /store/n/k{count % 200:000}\n{Json}2");
                await _world["planner"].AskAsync($"DELETE /store/n/{key}");
            }
        })));
        for (var round = 0; round < 5; round++)
        {
            var seen = new List<string>();
            for (var query = "?limit=7"; query is not null;)
            {
                var page = await _world.Agent.AskAsync($"GET /store/n{query}");
                seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("key").GetString()!));
                query = page.GetProperty("next_cursor").GetString() is { } cursor ? $"?limit=7&cursor={cursor}" : null;
            }

            Assert.Equal(stays, seen.Where(key => key.Length == 4));
            Assert.Equal(seen.Order(StringComparer.Ordinal).Distinct(), seen);
        }

        await done.CancelAsync();
        await churn;
    }

    [Fact]
    public async Task Patch_RetriedWithItsKey_HappensOnce()
    {
        await _world.Agent.AskAsync("PUT /store/n/a\n\n{\"n\":1}");
        const string Send = "PATCH /store/n/a\nIdempotency-Key: once\n\n{\"increment\":{\"/n\":1}}";
        var first = await _world.Agent.AskAsync(Send);
        using var again = await _world.Agent.SendAsync(Send);
        Assert.Contains("Idempotency-Replayed", again.Headers.ToString(), StringComparison.Ordinal);
        Assert.Equal(first.GetRawText(), (await World.JsonOf(again)).GetRawText());
        Assert.Equal("{\"n\":2}", await _world.Agent.GetStringAsync("/store/n/a", Cancellation));
        // Two keys whose paths the web server decodes alike are two requests.
        await _world.Agent.AskAsync($"PUT /store/n/a%2Fb\nIdempotency-Key: path\n{Json}1");
        using var other = await _world.Agent.SendAsync($"PUT /store/n/a%252Fb\nIdempotency-Key: path\n{Json}1");
        await Problems.CheckAsync(other, "idempotency.key_reused");
    }

    [Fact]
    public async Task Patch_OfALargeRecordRetriedWithItsKey_LeavesTheValueOut()
    {
        await _world.Agent.AskAsync($"PUT /store/n/big\n\n{{\"pad\":\"{new string('x', 100_000)}\",\"n\":0}}");
        const string Send = "PATCH /store/n/big\nIdempotency-Key: once\n\n{\"increment\":{\"/n\":1}}";
        var first = await _world.Agent.AskAsync(Send);
        Assert.Equal(1, first.GetProperty("value").GetProperty("n").GetInt32());
        await _world.Agent.AskAsync("DELETE /store/n/big");
        var again = await _world.Agent.AskAsync(Send);
        Assert.Equal(2, again.GetProperty("version").GetInt64());
        Assert.False(again.TryGetProperty("value", out _));
    }

    [Theory]
    [InlineData("DELETE", "/store/n/a/../b", 400)]
    [InlineData("PUT", "/store/n/a/%2E%2E/b", 400)]
    [InlineData("GET", "/store/n/a/..", 400)]
    [InlineData("GET", "/store/n/..", 400)]
    [InlineData("POST", "/store/m/../n/clear", 400)]
    [InlineData("DELETE", "/store/n/..", 405)]
    [InlineData("DELETE", "/store/n/.", 405)]
    public async Task Path_WithDots_NeverReachesAnotherThing(string method, string target, int status)
    {
        await _world.Agent.AskAsync($"PUT /store/n/b\n{Json}1");
        using var connection = await RawConnection.OpenAsync(_server.Url);
        await connection.SendAsync(
            $"{method} {target} HTTP/1.1\r\nHost: a\r\nX-API-KEY: {_world.Value("agent_key")}\r\nContent-Type: application/json\r\n"
            + "Content-Length: 1\r\nConnection: close\r\n\r\n1");
        var answer = await connection.ReadToEndAsync(TimeSpan.FromMinutes(1));
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Equal("1", await _world.Agent.GetStringAsync("/store/n/b", Cancellation));
    }

    [Fact]
    public async Task Lineage_OfRecords_NamesThemAsTheyCanBeNamedAgain()
    {
        await _world.Agent.AskAsync($"PUT /store/files%2Fx/a,b%20c@1\n{Json}1");
        await _world.Agent.AskAsync("PUT /stash/s\nBaton-Sources: store:files%2Fx/a%2Cb%20c%401@1\n\nx");
        var version = (await _world.Agent.AskAsync("GET /stash/s/versions")).GetProperty("items")[0];
        Assert.Equal("store:files%2Fx/a%2Cb%20c%401@1", version.GetProperty("sources")[0].GetString());
        var edge = (await _world.Agent.AskAsync("GET /stash/s/lineage")).GetProperty("edges")[0];
        Assert.Equal("store:files%2Fx/a,b c@1@1", edge.GetProperty("source").GetString());
        await _world.Agent.AskAsync($"PUT /stash/t\nBaton-Sources: {version.GetProperty("sources")[0].GetString()}\n\nx");
    }

    static void AssertSame(JsonElement first, JsonElement last)
    {
        Assert.Equal(("a", "z"), (first.GetProperty("key").GetString(), last.GetProperty("key").GetString()));
        Assert.Equal(first.GetProperty("value").GetInt32(), last.GetProperty("value").GetInt32());
    }
}
