using System.Text.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Streams;

/// <summary>Streams as server-sent events: resumable from their ids, without gap or duplicate.</summary>
public sealed class StreamEventTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Stream_FromTheStart_SendsThePastAndWhatComes()
    {
        var (world, id) = await NewAsync();
        await AppendAsync(world, "{\n  \"n\": 1.0\r\n}", label: "x");
        using var stream = await SseReader.OpenAsync(world["reader"], "/stream/log");
        await AppendAsync(world, "2");
        var first = (await stream.NextAsync())!;
        Assert.Equal($"{id}:1", first.Id);
        Assert.Null(first.Type);
        // On one line, and otherwise byte for byte.
        Assert.Contains("\"label\":\"x\",\"data\":{   \"n\": 1.0  },\"created_at\"", first.Data, StringComparison.Ordinal);
        Assert.False(first.Json.TryGetProperty("salt", out _));
        var second = (await stream.NextAsync())!;
        Assert.Equal(($"{id}:2", 2), (second.Id, second.Json.GetProperty("data").GetInt32()));
        Assert.Equal(world.Head, second.Json.GetProperty("seq").GetInt64());
    }

    [Theory]
    [InlineData("now", null)]
    [InlineData("2", null)]
    [InlineData("{id}:2", null)]
    [InlineData("1", "{id}:2")]
    [InlineData("1", "2")]
    public async Task Stream_FromACursor_SendsWhatComesAfterIt(string after, string? lastEventId)
    {
        var (world, id) = await NewAsync();
        await AppendAsync(world, "1");
        await AppendAsync(world, "2");
        using var stream = await SseReader.OpenAsync(
            world.Agent, "/stream/log?after=" + after.Replace("{id}", id, StringComparison.Ordinal),
            lastEventId?.Replace("{id}", id, StringComparison.Ordinal));
        await AppendAsync(world, "3");
        Assert.Equal($"{id}:3", (await stream.NextAsync())!.Id);
    }

    [Fact]
    public async Task Stream_ByConsumer_ResumesByTheLastEventId()
    {
        var (world, id) = await NewAsync();
        for (var count = 1; count <= 3; count++) await AppendAsync(world, $"{count}");
        await world.Agent.AskAsync("PUT /stream/log/cursors/me\n\n{\"entry_id\":1}");
        using (var first = await SseReader.OpenAsync(world.Agent, "/stream/log?consumer=me"))
            Assert.Equal($"{id}:2", (await first.NextAsync())!.Id);
        using var second = await SseReader.OpenAsync(world.Agent, "/stream/log?consumer=me", $"{id}:2");
        Assert.Equal($"{id}:3", (await second.NextAsync())!.Id);
    }

    [Fact]
    public async Task Stream_ByLabel_SendsThatLabelOnly()
    {
        var (world, id) = await NewAsync();
        await AppendAsync(world, "1", label: "done");
        await AppendAsync(world, "2");
        using var stream = await SseReader.OpenAsync(world.Agent, "/stream/log?label=done");
        await AppendAsync(world, "3");
        await AppendAsync(world, "4", label: "done");
        Assert.Equal(($"{id}:1", $"{id}:4"), ((await stream.NextAsync())!.Id, (await stream.NextAsync())!.Id));
    }

    [Fact]
    public async Task Stream_OfTheAbsent_BeginsWhenItIsCreated()
    {
        var world = await World.NewAsync(fixture.Server);
        using var stream = await SseReader.OpenAsync(world.Agent, "/stream/log");
        var made = await world.Agent.AskAsync("POST /stream\n\n{\"name\":\"log\"}");
        await AppendAsync(world, "1");
        Assert.Equal($"{made.GetProperty("stream_id").GetString()}:1", (await stream.NextAsync())!.Id);
    }

    [Fact]
    public async Task Stream_ThatIsDeleted_EndsWithTheReason()
    {
        var (world, _) = await NewAsync();
        using var stream = await SseReader.OpenAsync(world.Agent, "/stream/log");
        await world.Agent.AskAsync("DELETE /stream/log");
        await ExpectEndAsync(stream, "{\"reason\":\"deleted\"}");
    }

    [Fact]
    public async Task Stream_OfAKeyThatIsRevoked_EndsAndTellsNothingMore()
    {
        var (world, _) = await NewAsync();
        using var stream = await SseReader.OpenAsync(world["planner"], "/stream/log");
        await world["admin"].AskAsync("DELETE /keys/" + world.Value("planner_id"));
        await AppendAsync(world, "1");
        await ExpectEndAsync(stream, "{\"reason\":\"key_ended\"}");
    }

    [Fact]
    public async Task Stream_ByATicket_IsOpenToABrowser()
    {
        var (world, id) = await NewAsync();
        await AppendAsync(world, "1");
        var ticket = (await world.Agent.AskAsync("POST /tickets\n\n{\"path\":\"/stream/log\"}")).GetProperty("ticket").GetString();
        using var stream = await SseReader.OpenAsync(world["nobody"], "/stream/log?ticket=" + ticket);
        Assert.Equal($"{id}:1", (await stream.NextAsync())!.Id);
    }

    [Fact]
    public async Task Stream_WithMoreThanAPage_SendsAllOfIt()
    {
        var (world, id) = await NewAsync(await TestServer.StartAsync());
        await using var server = world.Server;
        await world.Agent.AskAsync($"POST /stream/log\n\n[{string.Join(',', Enumerable.Range(1, 700).Select(n => $"{{\"data\":{n}}}"))}]");
        using var stream = await SseReader.OpenAsync(world.Agent, "/stream/log");
        await world.Agent.AskAsync($"POST /stream/log\n\n[{string.Join(',', Enumerable.Range(701, 1000).Select(n => $"{{\"data\":{n}}}"))}]");
        for (var entry = 1; entry <= 1700; entry++)
        {
            var item = (await stream.NextAsync())!;
            Assert.Equal(($"{id}:{entry}", entry), (item.Id, item.Json.GetProperty("data").GetInt32()));
        }
    }

    [Fact]
    public async Task Stream_WithPagesThatEndByTheirBytes_GoesOnAtOnce()
    {
        var (world, id) = await NewAsync(await TestServer.StartAsync());
        await using var server = world.Server;
        var large = $"\"{new string('x', 900_000)}\"";
        for (var entry = 1; entry <= 6; entry++) await AppendAsync(world, large);
        using var stream = await SseReader.OpenAsync(world.Agent, "/stream/log");
        for (var entry = 1; entry <= 6; entry++) Assert.Equal($"{id}:{entry}", (await stream.NextAsync())!.Id);
        // Else it said that there was nothing, beside what was there.
        Assert.Equal(0, stream.Silences);
    }

    [Fact]
    public async Task Stream_WithPagesThatEndByTheLabel_GoesOnAtOnce()
    {
        var (world, id) = await NewAsync(await TestServer.StartAsync());
        await using var server = world.Server;
        using var stream = await SseReader.OpenAsync(world.Agent, "/stream/log?label=done");
        // It has read to the end and waits: what comes now is told of once.
        await AppendAsync(world, "0", label: "done");
        Assert.Equal($"{id}:1", (await stream.NextAsync())!.Id);
        var entries = Enumerable.Range(2, 400).Select(entry => $"{{\"data\":{entry},\"label\":\"{(entry is 2 or 300 ? "done" : "other")}\"}}");
        await world.Agent.AskAsync($"POST /stream/log\n\n[{string.Join(',', entries)}]");
        Assert.Equal(($"{id}:2", $"{id}:300"), ((await stream.NextAsync())!.Id, (await stream.NextAsync())!.Id));
        Assert.Equal(0, stream.Silences);
    }

    [Fact]
    public async Task Stream_ManyWritersAndReaders_HasNoGapAndNoDuplicate()
    {
        const int Writers = 16, Each = 20, Readers = 8;
        var (world, id) = await NewAsync(await TestServer.StartAsync());
        await using var server = world.Server;
        var readers = new List<SseReader>();
        for (var count = 0; count < Readers; count++) readers.Add(await SseReader.OpenAsync(world.Agent, "/stream/log"));
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var count = 0; count < Each; count++) await AppendAsync(world, $"\"{writer}:{count}\"");
        }));
        var seen = await Task.WhenAll(readers.Select(reader => Task.Run(async () =>
        {
            var data = new List<string>();
            for (var entry = 1; entry <= Writers * Each; entry++)
            {
                var item = (await reader.NextAsync())!;
                Assert.Equal($"{id}:{entry}", item.Id);
                data.Add(item.Json.GetProperty("data").GetString()!);
            }

            return data;
        })));
        await writing;
        Assert.All(seen, data => Assert.Equal(seen[0], data));
        Assert.Equal(Writers * Each, seen[0].Distinct().Count());
        readers.ForEach(reader => reader.Dispose());
    }

    async Task<(World World, string Id)> NewAsync(TestServer? server = null)
    {
        var world = await World.NewAsync(server ?? fixture.Server);
        var made = await world.Agent.AskAsync("POST /stream\n\n{\"name\":\"log\"}");
        return (world, made.GetProperty("stream_id").GetString()!);
    }

    static Task<JsonElement> AppendAsync(World world, string data, string? label = null) => world.Agent.AskAsync(
        $"POST /stream/log\n\n{{\"data\":{data}{(label is null ? "" : $",\"label\":\"{label}\"")}}}");

    static async Task ExpectEndAsync(SseReader stream, string data)
    {
        var end = (await stream.NextAsync())!;
        Assert.Equal(("end", data), (end.Type, end.Data));
        Assert.Null(await stream.NextAsync());
    }
}
