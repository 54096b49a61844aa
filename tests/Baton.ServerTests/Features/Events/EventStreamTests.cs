using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Events;

/// <summary>Server-sent events: resumable from their ids, without gap or duplicate.</summary>
public sealed class EventStreamTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Stream_FromTheStart_SendsThePastAndWhatComes()
    {
        var world = await World.NewAsync(fixture.Server);
        using var stream = await SseReader.OpenAsync(world["reader"], "/events");
        for (var seq = 1; seq <= 5; seq++) Assert.Equal($"{seq}", (await stream.NextAsync())!.Id);
        await world.Agent.AskAsync("PUT /stash/a\n\nx");
        var put = await stream.NextAsync();
        Assert.Equal("6", put!.Id);
        Assert.Null(put.Type);
        Assert.Equal("stash.put", put.Json.GetProperty("action").GetString());
        Assert.Equal(64, put.Json.GetProperty("hash").GetString()!.Length);
    }

    [Fact]
    public async Task Stream_AfterNow_SendsOnlyWhatComes()
    {
        var world = await World.NewAsync(fixture.Server);
        using var stream = await SseReader.OpenAsync(world.Agent, "/events?after=now");
        await world.Agent.AskAsync("PUT /stash/a\n\nx");
        Assert.Equal("6", (await stream.NextAsync())!.Id);
    }

    [Fact]
    public async Task Stream_WithLastEventId_ResumesBehindItWhateverAfterSays()
    {
        var world = await World.NewAsync(fixture.Server);
        for (var count = 0; count < 4; count++) await world.Agent.AskAsync("PUT /stash/a\n\nx");
        using (var first = await SseReader.OpenAsync(world.Agent, "/events?after=5"))
            Assert.Equal(("6", "7"), ((await first.NextAsync())!.Id, (await first.NextAsync())!.Id));
        using var second = await SseReader.OpenAsync(world.Agent, "/events?after=5", lastEventId: "7");
        Assert.Equal(("8", "9"), ((await second.NextAsync())!.Id, (await second.NextAsync())!.Id));
    }

    [Fact]
    public async Task Stream_WithFilters_SendsWhatMatchesThemAll()
    {
        var world = await World.NewAsync(fixture.Server);
        using var stream = await SseReader.OpenAsync(world.Agent, "/events?resource=stash:a*&action=stash.*&agent_id=planner");
        await world["planner"].AskAsync("PUT /stash/b\n\nx");
        await world.Agent.AskAsync("PUT /stash/a\n\nx");
        await world["planner"].AskAsync("PUT /stash/ab\n\nx");
        var item = (await stream.NextAsync())!;
        Assert.Equal("8", item.Id);
        Assert.Equal("stash:ab", item.Json.GetProperty("resource").GetString());
    }

    [Fact]
    public async Task Stream_LeavingOutMoreThanAPage_MovesTheCursor()
    {
        var world = await World.NewAsync(fixture.Server);
        for (var count = 0; count < 260; count++) await world.Agent.AskAsync("PUT /stash/a\n\nx");
        await world.Agent.AskAsync("PUT /stash/b\n\nx");
        using var stream = await SseReader.OpenAsync(world.Agent, "/events?resource=stash:b");
        var bare = (await stream.NextAsync())!;
        Assert.Null(bare.Data);
        Assert.True(long.Parse(bare.Id!, System.Globalization.CultureInfo.InvariantCulture) is >= 256 and < 266);
        Assert.Equal("266", (await stream.NextAsync())!.Id);
    }

    [Fact]
    public async Task Stream_ManyWriters_HasNoGapAndNoDuplicate()
    {
        const int Writers = 8, Each = 25;
        var world = await World.NewAsync(fixture.Server);
        using var stream = await SseReader.OpenAsync(world.Agent, "/events?after=now");
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var count = 0; count < Each; count++) await world.Agent.AskAsync($"PUT /stash/w{writer}\n\nx");
        }));
        var previous = "";
        for (var seq = 6; seq < 6 + (Writers * Each); seq++)
        {
            var item = (await stream.NextAsync())!;
            Assert.Equal($"{seq}", item.Id);
            if (previous.Length > 0) Assert.Equal(previous, item.Json.GetProperty("prev_hash").GetString());
            previous = item.Json.GetProperty("hash").GetString()!;
        }

        await writing;
    }

    [Fact]
    public async Task Stash_Stream_TellsWhatItIsAndEveryChange()
    {
        var world = await World.NewAsync(fixture.Server);
        await world.Agent.AskAsync("PUT /stash/a\n\nx");
        using var stream = await SseReader.OpenAsync(world["reader"], "/stash/a");
        await world["planner"].AskAsync("PATCH /stash/a/append\n\nyz");
        await world.Agent.AskAsync("PUT /stash/other\n\nx");
        await world.Agent.AskAsync("PATCH /stash/a/replace\n\n{\"old\":\"x\",\"new\":\"\"}");
        await world.Agent.AskAsync("DELETE /stash/a");
        var seen = new List<string>();
        for (var count = 0; count < 4; count++)
        {
            var change = (await stream.NextAsync())!;
            var json = change.Json;
            Assert.Equal(change.Id, json.GetProperty("seq").GetRawText());
            seen.Add($"{json.GetProperty("op").GetString()} v{json.GetProperty("version")} {json.GetProperty("size")} {json.GetProperty("updated_by").GetString()}");
        }

        var agent = world.Value("agent_id");
        Assert.Equal([$"put v1 1 {agent}", "append v2 3 planner", $"replace v3 2 {agent}", $"delete v4  {agent}"], seen);
    }

    [Fact]
    public async Task Stash_StreamOfTheAbsent_TellsItsCreation()
    {
        var world = await World.NewAsync(fixture.Server);
        using var stream = await SseReader.OpenAsync(world.Agent, "/stash/a");
        await world.Agent.AskAsync("PUT /stash/a\n\nx");
        Assert.Equal(1, (await stream.NextAsync())!.Json.GetProperty("version").GetInt64());
    }

    [Theory]
    [InlineData("/stash/a?after=6", null)]
    [InlineData("/stash/a", "6")]
    public async Task Stash_StreamFromACursor_ReplaysWhatCameAfter(string target, string? lastEventId)
    {
        var world = await World.NewAsync(fixture.Server);
        for (var count = 0; count < 3; count++) await world.Agent.AskAsync("PUT /stash/a\n\nx");
        using var stream = await SseReader.OpenAsync(world.Agent, target, lastEventId);
        Assert.Equal(("7", "8"), ((await stream.NextAsync())!.Id, (await stream.NextAsync())!.Id));
    }

    [Fact]
    public async Task Head_AcceptingEvents_AnswersHeadersAndEnds()
    {
        var world = await World.NewAsync(fixture.Server);
        using var connection = await RawConnection.OpenAsync(fixture.Server.Url);
        var head = $" HTTP/1.1\r\nHost: baton\r\nX-API-KEY: {world.Value("agent_key")}\r\n";
        await connection.SendAsync($"HEAD /events{head}Accept: text/event-stream\r\n\r\n");
        await connection.SendAsync($"GET /healthz{head}\r\n");
        // The second answer on the connection comes only when the first has ended.
        Assert.Contains("{\"status\":\"ok\"}", await connection.ReadUntilAsync("ok\"}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_OfAKeyThatIsRevoked_EndsAndTellsNothingMore()
    {
        var world = await World.NewAsync(fixture.Server);
        using var stream = await SseReader.OpenAsync(world["planner"], "/events?after=now");
        await world["admin"].AskAsync("DELETE /keys/" + world.Value("planner_id"));
        await world.Agent.AskAsync("PUT /stash/secret\n\nx");
        var end = (await stream.NextAsync())!;
        Assert.Equal(("end", "{\"reason\":\"key_ended\"}"), (end.Type, end.Data));
        Assert.Null(await stream.NextAsync());
    }
}
