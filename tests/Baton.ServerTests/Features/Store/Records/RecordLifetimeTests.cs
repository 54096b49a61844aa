using System.Text.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Store.Records;

/// <summary>Records over time: expiry, tombstones, and what a clear leaves to be erased.</summary>
public sealed class RecordLifetimeTests : IAsyncLifetime
{
    const string Json = "Content-Type: application/json\n\n";

    readonly TestTime _time = new();
    TestServer _server = null!;
    World _world = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(time: _time);
        _world = await World.NewAsync(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Expiry_Reached_HidesTheRecordAtOnce()
    {
        await _world.Agent.AskAsync($"PUT /store/n/a?ttl=60\n{Json}\"findme\"");
        _time.Pass(TimeSpan.FromSeconds(59));
        Assert.Equal("\"findme\"", await _world.Agent.GetStringAsync("/store/n/a", Cancellation));
        // Nobody is woken: readers know by themselves.
        _time.Pass(TimeSpan.FromSeconds(1));
        foreach (var send in new[] { "GET /store/n/a", "DELETE /store/n/a", "PATCH /store/n/a\n\n{\"set\":{\"\":1}}" })
        {
            using var answer = await _world.Agent.SendAsync(send);
            await Problems.CheckAsync(answer, "store.not_found");
        }

        foreach (var list in new[] { "/store/n", "/search/store?q=findme" })
            Assert.Empty((await _world.Agent.AskAsync("GET " + list)).GetProperty("items").EnumerateArray());
        var many = await _world.Agent.AskAsync("POST /store/n/get\n\n{\"keys\":[\"a\"]}");
        Assert.Equal("a", many.GetProperty("missing")[0].GetString());
        using var lines = await _world.Agent.SendAsync("GET /store/n\nAccept: application/x-ndjson");
        Assert.Equal("", await lines.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Expiry_Reached_IsAChangeBySystem()
    {
        await _world.Agent.AskAsync($"PUT /state/planner/a?ttl=60\n{Json}1");
        var before = _world.Head;
        using var stream = await SseReader.OpenAsync(_world.Agent, $"/state/planner/a?after={before}");
        await AdvanceAsync(TimeSpan.FromSeconds(61));
        var change = (await stream.NextAsync())!.Json;
        Assert.Equal(("expire", 2L), (change.GetProperty("op").GetString(), change.GetProperty("version").GetInt64()));
        Assert.Equal(["state.expire state:planner/a v2 by system"], await _world.EntriesAsync(before));
        Assert.Equal(3, (await _world.Agent.AskAsync($"PUT /state/planner/a\n{Json}1")).GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task Expiry_PatchedOrPutAnew_StaysOrGoes()
    {
        foreach (var key in new[] { "kept", "moved", "gone" }) await _world.Agent.AskAsync($"PUT /store/n/{key}?ttl=50\n{Json}1");
        await _world.Agent.AskAsync("PATCH /store/n/kept\n\n{\"increment\":{\"\":1}}");
        await _world.Agent.AskAsync($"PUT /store/n/moved?ttl=120\n{Json}1");
        await _world.Agent.AskAsync($"PUT /store/n/gone\n{Json}1");
        var expired = _world.Agent.AskAsync($"GET /store/n?after={_world.Head}&wait=60");
        // Less than the wait: it is not over when the expiry comes.
        _time.Advance(TimeSpan.FromSeconds(51));
        Assert.Equal("kept", (await expired).GetProperty("items")[0].GetProperty("key").GetString());
        Assert.Equal(["gone", "moved"], await KeysAsync("n"));
    }

    [Fact]
    public async Task Tombstone_After30Days_LetsTheVersionBeginAnewAndTheNamespaceGo()
    {
        await _world.Agent.AskAsync($"PUT /store/n/a\n{Json}1");
        await _world.Agent.AskAsync("DELETE /store/n/a");
        await AdvanceAsync(TimeSpan.FromDays(29));
        Assert.Equal(1, await CountAsync("store_record"));
        await AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal((0, 0), (await CountAsync("store_record"), await CountAsync("store_namespace")));
        Assert.Equal(1, (await _world.Agent.AskAsync($"PUT /store/n/a\n{Json}1")).GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task Clear_OfMany_CountsAtOnceAndErasesInSteps()
    {
        const int Count = 1203;
        for (var start = 0; start < Count; start += 1000)
        {
            var set = Enumerable.Range(start, Math.Min(1000, Count - start)).ToDictionary(number => $"k{number:0000}", number => "secret");
            await _world.Agent.AskAsync($"POST /store/n\n\n{{\"ttl\":86400,\"set\":{JsonSerializer.Serialize(set)}}}");
        }

        var cleared = await _world.Agent.AskAsync("POST /store/n/clear");
        Assert.Equal(Count, cleared.GetProperty("deleted").GetInt64());
        Assert.Empty((await _world.Agent.AskAsync("GET /store")).GetProperty("items").EnumerateArray());
        // What is set anew stays; what was there before is erased.
        Assert.Equal(3, (await _world.Agent.AskAsync($"PUT /store/n/k0500\n{Json}1")).GetProperty("version").GetInt64());
        await _server.WorkOffAsync();
        Assert.Equal(1, await CountAsync("store_record WHERE deleted_at IS NULL"));
        Assert.Equal(["k0500"], await KeysAsync("n"));
        Assert.Equal(Count, await CountAsync("store_record"));
        Assert.Equal(0, await CountAsync("due WHERE kind = 'store.erase' OR kind = 'store.expire'"));
        Assert.Equal(3, (await _world.Agent.AskAsync($"PUT /store/n/k0001\n{Json}1")).GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task Whole_NotTakenInAMinute_BreaksOff()
    {
        var half = new string('x', 6 * 1024 * 1024);
        foreach (var key in "abc") await _world.Agent.AskAsync($"PUT /store/n/{key}\n{Json}\"{half}\"");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/store/n");
        request.Headers.Add("Accept", "application/x-ndjson");
        request.Headers.Add("X-API-KEY", _world.Value("agent_key"));
        // A client of its own: those of the world take answers whole.
        using var client = new HttpClient { BaseAddress = new Uri(_server.Url) };
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        _time.Advance(TimeSpan.FromSeconds(61));
        var failure = await Record.ExceptionAsync(() => answer.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.True(failure is HttpRequestException or IOException, $"It did not break off: {failure}");
        // The place is free again, and the next one is whole.
        using var whole = await _world.Agent.SendAsync("GET /store/n?values=false\nAccept: application/x-ndjson");
        Assert.Equal(3, (await whole.Content.ReadAsStringAsync(Cancellation)).Count(c => c == '\n'));
    }

    async Task<List<string?>> KeysAsync(string name) =>
        [.. (await _world.Agent.AskAsync($"GET /store/{name}")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("key").GetString())];

    /// <summary>Lets time pass, and returns when what is due by then is done.</summary>
    async Task AdvanceAsync(TimeSpan by)
    {
        await _server.AdvanceAsync(by);
        await _world.Agent.AskAsync("GET /ledger/head");
    }

    async Task<long> CountAsync(string table) =>
        await _server.Parts.Database.ReadAsync(table, static async (session, from, token) =>
        {
            await using var command = session.Connection.CreateCommand();
            command.CommandText = $"SELECT COUNT(*) FROM {from}";
            return Convert.ToInt64(await command.ExecuteScalarAsync(token), System.Globalization.CultureInfo.InvariantCulture);
        }, Cancellation);
}
