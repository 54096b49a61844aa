using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Streams;

/// <summary>Streams over time: expiry, renewal, retention, pruning, erasure.</summary>
public sealed class StreamLifetimeTests : IAsyncLifetime
{
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
    public async Task Expiry_Reached_HidesTheStreamAtOnce()
    {
        var id = await CreateAsync("\"ttl\":60");
        await AppendAsync("1");
        Pass(59);
        Assert.Equal("1", await IdsAsync("/stream/log"));
        // Nobody is woken: readers know by themselves.
        Pass(1);
        foreach (var send in new[]
        {
            "GET /stream/log", $"GET /stream/{id}", "GET /stream/log/latest", "GET /stream/log/join?count=1&timeout=0", "DELETE /stream/log",
            "POST /stream/log\n\n{\"data\":1}", "PATCH /stream/log\n\n{\"extra_time\":1}", "GET /stream/log/cursors",
            "PUT /stream/log/cursors/me\n\n{\"entry_id\":1}", $"GET /stream/{id}\nAccept: text/event-stream",
        })
        {
            using var answer = await _world.Agent.SendAsync(send);
            await Problems.CheckAsync(answer, "stream.not_found");
        }

        Assert.Empty((await _world.Agent.AskAsync("GET /streams")).GetProperty("items").EnumerateArray());
        // The name is free at once as well.
        Assert.NotEqual(id, await CreateAsync());
        Assert.Equal("", await IdsAsync("/stream/log"));
    }

    [Fact]
    public async Task Expiry_Reached_IsInTheLedgerBySystemAndEndsFollowers()
    {
        await CreateAsync("\"ttl\":60");
        await AppendAsync("1");
        var before = _world.Head;
        using var stream = await SseReader.OpenAsync(_world.Agent, "/stream/log?after=now");
        await AdvanceAsync(61);
        var end = (await stream.NextAsync())!;
        Assert.Equal(("end", "{\"reason\":\"deleted\"}"), (end.Type, end.Data));
        // It was gone for readers before; this is the commit.
        await _world["reader"].AskAsync($"GET /events?after={before}&wait=60");
        var entry = Assert.Single(await _world.EntriesAsync(before));
        Assert.StartsWith("stream.expire stream:str_", entry, StringComparison.Ordinal);
        Assert.EndsWith(" v3 by system", entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expired_CreatedAnewBeforeItIsErased_KeepsItsName()
    {
        await CreateAsync("\"ttl\":60");
        await AppendAsync("1");
        Pass(60);
        var second = await CreateAsync();
        await AdvanceAsync(31);
        await AppendAsync("2");
        Assert.Equal("1", await IdsAsync($"/stream/{second}"));
        Assert.Equal("1", await IdsAsync("/stream/log"));
    }

    [Fact]
    public async Task Extend_BeforeTheEnd_MovesIt()
    {
        await CreateAsync("\"ttl\":60");
        Assert.Equal(120, LifeOf(await _world.Agent.AskAsync("PATCH /stream/log\n\n{\"extra_time\":60}")));
        await AdvanceAsync(119);
        Assert.Equal("", await IdsAsync("/stream/log"));
        await AdvanceAsync(2);
        using var answer = await _world.Agent.SendAsync("GET /stream/log");
        await Problems.CheckAsync(answer, "stream.not_found");
    }

    [Fact]
    public async Task Access_OfAStreamThatIsRenewed_MovesItsEndOutsideTheLedger()
    {
        await CreateAsync("\"ttl\":60,\"renew_on_access\":true");
        var before = _world.Head;
        for (var count = 0; count < 5; count++)
        {
            await AdvanceAsync(50);
            Assert.Equal("", await IdsAsync("/stream/log"));
        }

        Assert.Empty(await _world.EntriesAsync(before));
        await AppendAsync("1");
        await AdvanceAsync(50);
        using (var latest = await _world["reader"].SendAsync("GET /stream/log/latest")) Assert.Equal(HttpStatusCode.OK, latest.StatusCode);
        await AdvanceAsync(50);
        await _world.Agent.AskAsync("GET /stream/log/join?count=1");
        await AdvanceAsync(61);
        using var answer = await _world.Agent.SendAsync("GET /stream/log");
        await Problems.CheckAsync(answer, "stream.not_found");
    }

    [Fact]
    public async Task Access_WithinATenthOfTheTtl_WritesNothing()
    {
        await CreateAsync("\"ttl\":100,\"renew_on_access\":true");
        var made = await InfoAsync();
        Pass(9);
        await IdsAsync("/stream/log");
        Assert.Equal(made.GetProperty("expires_at").GetString(), (await InfoAsync()).GetProperty("expires_at").GetString());
        Pass(1);
        await IdsAsync("/stream/log");
        var renewed = await InfoAsync();
        Assert.Equal(110, LifeOf(renewed));
        Assert.Equal(1, renewed.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task Access_OfAnyOtherStream_MovesNothing()
    {
        await CreateAsync("\"ttl\":60");
        Pass(50);
        await AppendAsync("1");
        await IdsAsync("/stream/log");
        Assert.Equal(60, LifeOf(await InfoAsync()));
    }

    [Fact]
    public async Task Retention_Reached_HidesTheEntriesAtOnce()
    {
        await CreateAsync("\"retention_seconds\":60");
        await AppendAsync("1", "2");
        Pass(30);
        await AppendAsync("3");
        Pass(30);
        // Nobody is woken: readers know by themselves.
        Assert.Equal("3", await IdsAsync("/stream/log"));
        Assert.Equal("3", await IdsAsync("/stream/log?after=2"));
        using (var pruned = await _world.Agent.SendAsync("GET /stream/log?after=1"))
        {
            await Problems.CheckAsync(pruned, "stream.cursor_pruned");
            Assert.Equal(3, (await World.JsonOf(pruned)).GetProperty("first_entry").GetInt32());
        }

        var info = await InfoAsync();
        Assert.Equal((3, 3, 1), (info.GetProperty("first_entry").GetInt32(), info.GetProperty("last_entry").GetInt32(), info.GetProperty("entries").GetInt32()));
        Pass(30);
        Assert.Equal("", await IdsAsync("/stream/log"));
        using var latest = await _world.Agent.SendAsync("GET /stream/log/latest");
        await Problems.CheckAsync(latest, "stream.empty");
        using var join = await _world.Agent.SendAsync("GET /stream/log/join?count=1&after=2");
        await Problems.CheckAsync(join, "stream.cursor_pruned");
    }

    [Fact]
    public async Task Retention_WorkedOff_IsInTheLedgerOnceAndErases()
    {
        await CreateAsync("\"retention_seconds\":60");
        await AppendAsync("1", "2");
        var before = _world.Head;
        await AdvanceAsync(61);
        var entry = Assert.Single(await _world.EntriesAsync(before));
        Assert.Matches("^stream\\.retention stream:str_[0-9a-z]+ v3 by system x2$", entry);
        await AdvanceAsync(61);
        Assert.Single(await _world.EntriesAsync(before));
        Assert.Equal(0, await CountAsync("stream_entry"));
        await AppendAsync("3");
        Assert.Equal("3", await IdsAsync("/stream/log"));
    }

    [Fact]
    public async Task Retention_OfAFullStream_MakesRoomAtOnce()
    {
        await CreateAsync("\"retention_seconds\":60,\"max_entries\":2");
        await AppendAsync("1", "2");
        using (var full = await _world.Agent.SendAsync("POST /stream/log\n\n{\"data\":3}")) await Problems.CheckAsync(full, "stream.full");
        // The worker sleeps from here on: it does not make the room before.
        await _server.WorkOffAsync();
        Pass(60);
        var before = _world.Head;
        await AppendAsync("3");
        Assert.Equal("3", await IdsAsync("/stream/log"));
        var entries = await _world.EntriesAsync(before);
        Assert.Equal(["stream.retention", "stream.append"], entries.Select(entry => entry.Split(' ')[0]));
    }

    [Fact]
    public async Task Retention_OfAFollower_TellsWhatItMissed()
    {
        await CreateAsync("\"retention_seconds\":60");
        await AppendAsync("1", "2");
        using (await SseReader.OpenAsync(_world["planner"], "/stream/log"))
        {
            // The tail is in memory; what is over is hidden there too.
            await AppendAsync("3");
            Pass(60);
            using var late = await _world.Agent.SendAsync("GET /stream/log?after=1&wait=60");
            await Problems.CheckAsync(late, "stream.cursor_pruned");
        }
    }

    [Fact]
    public async Task Pruned_Entries_AreErasedInStepsAndCounted()
    {
        await CreateAsync("\"max_entries\":10,\"overflow\":\"prune\"");
        var empty = await BytesAsync();
        for (var count = 0; count < 130; count++) await AppendAsync([.. Enumerable.Range(0, 10).Select(n => $"{n}")]);
        Assert.Equal(string.Join(',', Enumerable.Range(1291, 10)), await IdsAsync("/stream/log"));
        await AdvanceAsync(61);
        await AdvanceAsync(61);
        Assert.Equal(10, await CountAsync("stream_entry"));
        Assert.Equal(empty + (10 * (1 + 128)), await BytesAsync());
        using var pruned = await _world.Agent.SendAsync("GET /stream/log?after=1289");
        await Problems.CheckAsync(pruned, "stream.cursor_pruned");
    }

    [Fact]
    public async Task Deleted_Content_IsErasedInSteps()
    {
        var empty = await BytesAsync();
        await CreateAsync();
        for (var count = 0; count < 12; count++) await AppendAsync([.. Enumerable.Range(0, 100).Select(n => $"\"secret {n}\"")]);
        await _world.Agent.AskAsync("PUT /stream/log/cursors/me\n\n{\"entry_id\":7}");
        await _world.Agent.AskAsync("DELETE /stream/log");
        await AdvanceAsync(31);
        foreach (var table in new[] { "stream", "stream_name", "stream_entry", "stream_cursor" }) Assert.Equal(0, await CountAsync(table));
        Assert.Equal(empty, await BytesAsync());
    }

    [Fact]
    public async Task Commitment_WithTheSaltOfTheFirst_OpensTheLedgersEntry()
    {
        await CreateAsync();
        await AppendAsync("\"before\"");
        var appended = await _world.Agent.AskAsync("POST /stream/log\n\n[{\"data\":{\"a\": 1.0}},{\"data\":[2 ]},{\"data\":null}]");
        var page = await _world.Agent.GetStringAsync("/stream/log?full=true&after=1", Cancellation);
        var items = JsonElement.Parse(page).GetProperty("items");
        Assert.Equal([true, false, false], items.EnumerateArray().Select(item => item.TryGetProperty("salt", out _)));
        var data = string.Join(',', items.EnumerateArray().Select(item => item.GetProperty("data").GetRawText()));
        Assert.Equal("{\"a\": 1.0},[2 ],null", data);
        byte[] salted = [.. Convert.FromHexString(items[0].GetProperty("salt").GetString()!), .. Encoding.UTF8.GetBytes(data)];
        var entry = (await _world.Agent.AskAsync($"GET /events?after={appended.GetProperty("seq").GetInt64() - 1}")).GetProperty("items")[0];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(salted)), entry.GetProperty("commitment").GetString());
        Assert.Equal("{\"count\":3,\"first\":2,\"last\":4}", entry.GetProperty("detail").GetRawText());
    }

    async Task<string> CreateAsync(string settings = "\"discoverable\":true") =>
        (await _world.Agent.AskAsync($"POST /stream\n\n{{\"name\":\"log\",{settings}}}")).GetProperty("stream_id").GetString()!;

    Task<JsonElement> AppendAsync(params string[] data) => _world.Agent.AskAsync(
        $"POST /stream/log\n\n[{string.Join(',', data.Select(item => $"{{\"data\":{item}}}"))}]");

    async Task<string> IdsAsync(string target) => string.Join(',', (await _world["reader"].AskAsync("GET " + target))
        .GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("entry_id").GetRawText()));

    async Task<JsonElement> InfoAsync() => (await _world.Agent.AskAsync("GET /streams?name=log")).GetProperty("items")[0];

    /// <summary>Seconds from a stream's creation to its end.</summary>
    static int LifeOf(JsonElement info) => (int)Math.Round(
        (info.GetProperty("expires_at").GetDateTimeOffset() - info.GetProperty("created_at").GetDateTimeOffset()).TotalSeconds);

    void Pass(int seconds) => _time.Pass(TimeSpan.FromSeconds(seconds));

    /// <summary>
    /// Time passes, and the due worker has done what was due. It sleeps for up to 30 seconds: less time may not wake it.
    /// </summary>
    async Task AdvanceAsync(int seconds)
    {
        await _server.AdvanceAsync(TimeSpan.FromSeconds(seconds));
        await _world["reader"].AskAsync("GET /ledger/head");
    }

    ValueTask<long> CountAsync(string table) => ScalarAsync(table switch
    {
        "stream" => "SELECT count(*) FROM stream",
        "stream_name" => "SELECT count(*) FROM stream_name",
        "stream_entry" => "SELECT count(*) FROM stream_entry",
        _ => "SELECT count(*) FROM stream_cursor",
    });

    ValueTask<long> BytesAsync() => ScalarAsync("SELECT CAST(sum(bytes) AS bigint) FROM workspace");

    ValueTask<long> ScalarAsync(string sql) => _server.Parts.Database.ReadAsync(sql, static async (session, sql, token) =>
        Convert.ToInt64(await session.Command(sql).ExecuteScalarAsync(token), System.Globalization.CultureInfo.InvariantCulture), Cancellation);
}
