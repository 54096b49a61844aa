using System.Text.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Streams;

/// <summary>Many at once: every entry once, without gaps, and one stream to a name.</summary>
public sealed class StreamRaceTests : IAsyncLifetime
{
    TestServer _server = null!;
    World _world = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _world = await World.NewAsync(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Append_BySixtyFourWriters_CountsEveryEntryOnceWithoutGaps()
    {
        const int Writers = 64, Each = 10;
        await _world.Agent.AskAsync("POST /stream\n\n{\"name\":\"log\"}");
        var answered = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var ids = new List<(long Entry, string Data)>();
            for (var count = 0; count < Each; count++)
            {
                var one = await _world.Agent.AskAsync($"POST /stream/log\n\n{{\"data\":\"{writer}-{count}\",\"label\":\"l{writer % 4}\"}}");
                ids.Add((one.GetProperty("entry_id").GetInt64(), $"{writer}-{count}"));
                var two = await _world.Agent.AskAsync($"POST /stream/log\n\n[{{\"data\":\"{writer}-{count}a\"}},{{\"data\":\"{writer}-{count}b\"}}]");
                ids.Add((two.GetProperty("first").GetInt64(), $"{writer}-{count}a"));
                ids.Add((two.GetProperty("last").GetInt64(), $"{writer}-{count}b"));
            }

            return ids;
        })));
        var stored = await ReadAllAsync("log");
        Assert.Equal(Enumerable.Range(1, Writers * Each * 3).Select(entry => (long)entry), stored.Select(entry => entry.Entry));
        Assert.Equal(answered.SelectMany(ids => ids).OrderBy(pair => pair.Entry), stored);
        foreach (var label in Enumerable.Range(0, 4))
        {
            var labelled = await _world.Agent.AskAsync($"GET /stream/log?label=l{label}&limit=1000");
            Assert.Equal(Writers * Each / 4, labelled.GetProperty("items").GetArrayLength());
        }

        Assert.True((await _world.Agent.AskAsync("GET /ledger/verify")).GetProperty("intact").GetBoolean());
    }

    [Fact]
    public async Task Create_OfOneNameByMany_SucceedsForOne()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(
            number => _world.Agent.SendAsync($"POST /stream\n\n{{\"name\":\"log\",\"create_if_missing\":{(number % 2 == 0 ? "true" : "false")}}}")));
        Assert.Single(answers, answer => (int)answer.StatusCode == 201);
        Assert.All(answers, answer => Assert.True((int)answer.StatusCode is 200 or 201 or 409));
        var ids = new HashSet<string>();
        foreach (var answer in answers.Where(answer => answer.IsSuccessStatusCode))
            ids.Add((await World.JsonOf(answer)).GetProperty("stream_id").GetString()!);
        Assert.Single(ids);
    }

    [Fact]
    public async Task Append_ToABoundedStreamByMany_FillsItExactly()
    {
        await _world.Agent.AskAsync("POST /stream\n\n{\"name\":\"log\",\"max_entries\":25}");
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(number => _world.Agent.SendAsync($"POST /stream/log\n\n{{\"data\":{number}}}")));
        Assert.Equal(25, answers.Count(answer => answer.IsSuccessStatusCode));
        foreach (var answer in answers.Where(answer => !answer.IsSuccessStatusCode)) await Problems.CheckAsync(answer, "stream.full");
        Assert.Equal(25, (await ReadAllAsync("log")).Count);
    }

    [Theory]
    [InlineData("POST /stream/log\n\n{\"data\":2}", 201)]
    [InlineData("POST /stream/full\n\n{\"data\":2}", 409)]
    [InlineData("PATCH /stream/log\n\n{\"extra_time\":2}", 200)]
    [InlineData("DELETE /stream/log", 200)]
    [InlineData("POST /stream\n\n{\"name\":\"log\"}", 409)]
    [InlineData("PUT /stream/log/cursors/me\n\n{\"entry_id\":1}", 200)]
    public async Task Restarted_WithNothingInMemory_FindsWhatItNeeds(string send, int status)
    {
        var directory = Directory.CreateTempSubdirectory("baton-test-").FullName;
        await using (var server = await TestServer.StartAsync(directory: directory))
        {
            await server.Admin.AskAsync("POST /stream\n\n{\"name\":\"log\",\"ttl\":600}");
            await server.Admin.AskAsync("POST /stream/log\n\n{\"data\":1}");
            await server.Admin.AskAsync("POST /stream\n\n{\"name\":\"full\",\"max_entries\":1,\"retention_seconds\":600}");
            await server.Admin.AskAsync("POST /stream/full\n\n{\"data\":1}");
        }

        await using (var server = await TestServer.StartAsync(directory: directory))
        {
            using var answer = await server.Admin.SendAsync(send);
            Assert.Equal(status, (int)answer.StatusCode);
        }

        Backend.Drop(directory);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task AppendAndReplace_OfOneNameByMany_NeverMixesTwoStreams()
    {
        await Task.WhenAll(Enumerable.Range(0, 64).Select(number => (number % 4) switch
        {
            0 => _world.Agent.SendAsync("POST /stream\n\n{\"name\":\"log\"}"),
            1 => _world.Agent.SendAsync("DELETE /stream/log"),
            _ => _world.Agent.SendAsync($"POST /stream/log\n\n{{\"data\":{number}}}"),
        }));
        await _world.Agent.SendAsync("POST /stream\n\n{\"name\":\"log\"}");
        var entries = await ReadAllAsync("log");
        Assert.Equal(Enumerable.Range(1, entries.Count).Select(entry => (long)entry), entries.Select(entry => entry.Entry));
        var appends = (await _world.EntriesAsync(0)).Where(entry => entry.StartsWith("stream.append", StringComparison.Ordinal));
        Assert.All(appends, entry => Assert.Contains(" stream:str_", entry, StringComparison.Ordinal));
    }

    async Task<List<(long Entry, string Data)>> ReadAllAsync(string stream)
    {
        var all = new List<(long, string)>();
        for (var after = "0"; ;)
        {
            var page = await _world.Agent.AskAsync($"GET /stream/{stream}?limit=700&after={after}");
            foreach (var entry in page.GetProperty("items").EnumerateArray())
                all.Add((entry.GetProperty("entry_id").GetInt64(), Text(entry.GetProperty("data"))));
            if (page.GetProperty("items").GetArrayLength() == 0) return all;
            after = page.GetProperty("next_after").GetString()!;
        }
    }

    static string Text(JsonElement data) => data.ValueKind == JsonValueKind.String ? data.GetString()! : data.GetRawText();
}
