using System.Text.Json;
using Baton.Contracts.Ledger;
using Baton.Server;
using Baton.Server.Platform.Basics;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Schemas;

/// <summary>Schemas over time and over restarts: expiry, waits, the feed, the check of the whole database.</summary>
public sealed class SchemaLifeTests : IAsyncLifetime
{
    const string Secret = "POST /schema\n\n{\"name\":\"secret\",\"definition\":{\"type\":\"string\"},\"visibility\":\"private\"}";

    readonly TestTime _time = new();
    readonly string _directory = Directory.CreateTempSubdirectory("baton-test-").FullName;
    TestServer _server = null!;
    World _world = null!;
    bool _isStopped;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(time: _time, directory: _directory);
        _world = await World.NewAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
        Backend.Drop(_directory);
    }

    [Fact]
    public async Task Binding_OfAnExpiredStash_NoLongerKeepsTheSchema()
    {
        var id = await RegisterAsync("number", """{"type":"number"}""");
        await _world.Agent.AskAsync($"PUT /stash/a?ttl=60&schema_id={id}\n\n1");
        await _world.Agent.AskAsync("PATCH /stash/a/append\n\n2");
        _time.Pass(TimeSpan.FromSeconds(59));
        using var used = await _world.Agent.SendAsync($"DELETE /schema/{id}");
        await Problems.CheckAsync(used, "schema.in_use");
        // Nobody has erased it yet: what has expired is gone at once.
        _time.Pass(TimeSpan.FromSeconds(2));
        await _world.Agent.AskAsync($"DELETE /schema/{id}");
        var anew = await _world.Agent.AskAsync("PUT /stash/a\n\nfree text");
        Assert.Equal(JsonValueKind.Null, anew.GetProperty("schema_id").ValueKind);
        await CheckAsync();
    }

    [Fact]
    public async Task Binding_OfAStashThatLivesOn_KeepsTheSchema()
    {
        var id = await RegisterAsync("number", """{"type":"number"}""");
        await _world.Agent.AskAsync($"PUT /stash/a?ttl=60&schema_id={id}\n\n1");
        await _world.Agent.AskAsync("PUT /stash/a\n\n2");
        _time.Pass(TimeSpan.FromSeconds(3600));
        using var used = await _world.Agent.SendAsync($"DELETE /schema/{id}");
        await Problems.CheckAsync(used, "schema.in_use");
    }

    [Fact]
    public async Task Name_WithoutVersionsForThirtyDays_BeginsAnew()
    {
        await _world.Agent.AskAsync($"DELETE /schema/{await RegisterAsync("n", "true")}");
        await AdvanceAsync(TimeSpan.FromDays(29));
        await _world.Agent.AskAsync($"DELETE /schema/{await RegisterAsync("n", "true", version: 2)}");
        // The days are counted from the newest deletion.
        await AdvanceAsync(TimeSpan.FromDays(2));
        await _world.Agent.AskAsync($"DELETE /schema/{await RegisterAsync("n", "true", version: 3)}");
        await AdvanceAsync(TimeSpan.FromDays(31));
        await RegisterAsync("n", "true", version: 1);
    }

    [Fact]
    public async Task Schema_Absent_IsAnsweredWhenItComes()
    {
        var asked = _world.Server.NextWait();
        var waiting = _world["reader"].AskAsync("GET /schema/n?wait=60");
        await Task.WhenAny(asked, waiting);
        await _world["planner"].AskAsync(Secret.Replace("secret", "n", StringComparison.Ordinal));
        await RegisterAsync("other", "true");
        var id = await RegisterAsync("n", "true");
        Assert.Equal(id, (await waiting).GetProperty("schema_id").GetString());
    }

    [Fact]
    public async Task Schema_Deleted_EndsTheWait()
    {
        var id = await RegisterAsync("n", "true");
        var asked = _world.Server.NextWait();
        var waiting = _world["reader"].SendAsync("GET /schema/n?wait=60&after_version=1");
        await Task.WhenAny(asked, waiting);
        // By the end of one more exchange it has looked: what is gone before that is waited for.
        await _world["reader"].AskAsync("GET /ledger/head");
        await _world.Agent.AskAsync($"DELETE /schema/{id}");
        using var answer = await waiting;
        await Problems.CheckAsync(answer, "schema.not_found");
    }

    [Fact]
    public async Task PrivateSchema_InEventStreams_IsRedactedForAllOthers()
    {
        var before = _world.Head;
        using var all = await SseReader.OpenAsync(_world.Agent, $"/events?after={before}");
        using var filtered = await SseReader.OpenAsync(_world.Agent, $"/events?after={before}&resource=schema:*");
        using var own = await SseReader.OpenAsync(_world["planner"], $"/events?after={before}&resource=schema:*");
        using var admins = await SseReader.OpenAsync(_world["admin"], $"/events?after={before}");
        var secret = (await _world["planner"].AskAsync(Secret)).GetProperty("schema_id").GetString()!;
        var known = await RegisterAsync("known", "true");
        var redacted = (await all.NextAsync())!.Json;
        Assert.Equal(["seq", "commit_seq", "prev_hash", "hash"], redacted.EnumerateObject().Select(member => member.Name));
        Assert.Contains(known, (await all.NextAsync())!.Data!, StringComparison.Ordinal);
        Assert.Contains(known, (await filtered.NextAsync())!.Data!, StringComparison.Ordinal);
        Assert.Contains($"schema:{secret}/planner", (await own.NextAsync())!.Data!, StringComparison.Ordinal);
        Assert.Contains($"schema:{secret}/planner", (await admins.NextAsync())!.Data!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PrivateSchema_DeletedAndTheServerStartedAnew_IsStillNotTold()
    {
        var secret = (await _world["planner"].AskAsync(Secret)).GetProperty("schema_id").GetString()!;
        await _world["planner"].AskAsync($"PUT /stash/a?schema_id={secret}\n\n\"x\"");
        await _world["planner"].AskAsync("PUT /stash/a?schema_id=\n\nx");
        await _world["planner"].AskAsync($"DELETE /schema/{secret}");
        await RestartAsync();
        using var others = Client("agent");
        using var makers = Client("planner");
        var seen = await others.AskAsync("GET /events?limit=1000");
        Assert.DoesNotContain(secret, seen.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("schema.", seen.GetRawText(), StringComparison.Ordinal);
        Assert.Contains($"schema:{secret}/planner", (await makers.AskAsync("GET /events?limit=1000")).GetRawText(), StringComparison.Ordinal);
        CheckChain(seen);
        Assert.True((await others.AskAsync("GET /ledger/verify")).GetProperty("intact").GetBoolean());
    }

    [Fact]
    public async Task Everything_AfterARestart_IsAsItWas()
    {
        var address = await RegisterAsync("address", """{"required":["zip"]}""");
        var person = await RegisterAsync("person", """{"properties":{"home":{"$ref":"baton:schema/address"}}}""");
        await RegisterAsync("address", """{}""", version: 2);
        await _world.Agent.AskAsync($"PUT /stash/a?schema_id={person}\n\n{{\"home\":{{\"zip\":1}}}}");
        await RestartAsync();
        using var agent = Client("agent");
        using var refused = await agent.SendAsync("PUT /stash/a\n\n{\"home\":{}}");
        await Problems.CheckAsync(refused, "schema.violation");
        using var referred = await agent.SendAsync($"DELETE /schema/{address}");
        await Problems.CheckAsync(referred, "schema.in_use");
        using var bound = await agent.SendAsync($"DELETE /schema/{person}");
        await Problems.CheckAsync(bound, "schema.in_use");
        await CheckAsync();
    }

    [Fact]
    public async Task Check_OfASpoiltDefinition_NamesTheSchema()
    {
        var id = await RegisterAsync("n", """{"type":"string"}""");
        await StopAsync();
        using (var connection = Backend.OpenDatabaseOf(_directory))
        {
            using var command = connection.CreateCommand();
            command.CommandText = Backend.Dialect("UPDATE schema_definition SET definition = CAST('true' AS BLOB)");
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        using var output = new StringWriter();
        Assert.NotEqual(Commands.Done, await CheckDatabase.RunAsync(Options, output));
        Assert.Contains($"schema {id} is not what was registered", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_AsManyAsThereMayBe_AreFull()
    {
        for (var number = 1; number <= 256; number++)
            await _world.Agent.AskAsync($"POST /schema\n\n{{\"name\":\"n\",\"definition\":{{\"maximum\":{number}}}}}");
        const string Next = "POST /schema\n\n{\"name\":\"n\",\"definition\":{\"maximum\":999}}";
        using var full = await _world.Agent.SendAsync(Next);
        await Problems.CheckAsync(full, "schema.versions_full");
        var first = (await _world.Agent.AskAsync(_world.Fill("GET /schema/n/versions?limit=1&cursor={cursor schema.versions/n 2}"))).GetProperty("items")[0];
        await _world.Agent.AskAsync($"DELETE /schema/{first.GetProperty("schema_id").GetString()}");
        Assert.Equal(257, (await _world.Agent.AskAsync(Next)).GetProperty("version").GetInt32());
    }

    /// <summary>A client of what was seen rebuilds the links, also of what it was not shown.</summary>
    static void CheckChain(JsonElement page)
    {
        var previous = Convert.ToHexStringLower(LedgerEncoding.Genesis);
        foreach (var entry in page.GetProperty("items").EnumerateArray())
        {
            Assert.Equal(previous, entry.GetProperty("prev_hash").GetString());
            previous = entry.GetProperty("hash").GetString()!;
        }
    }

    /// <summary>Time passes, and the due worker has worked off what became due by it.</summary>
    Task AdvanceAsync(TimeSpan by) => _server.AdvanceAsync(by);

    async Task CheckAsync()
    {
        await StopAsync();
        using var output = new StringWriter();
        Assert.True(
            await CheckDatabase.RunAsync(Options, output) == Commands.Done, output.ToString());
    }

    async Task StopAsync()
    {
        if (!_isStopped) await _server.DisposeAsync();
        _isStopped = true;
    }

    async Task RestartAsync()
    {
        await StopAsync();
        _isStopped = false;
        _server = await TestServer.StartAsync(time: _time, directory: _directory);
    }

    BatonOptions Options => new() { DataDirectory = _directory, Database = Backend.DatabaseOf(_directory) };

    HttpClient Client(string who) => _server.NewClient(_world.Value(who + "_key"));

    async Task<string> RegisterAsync(string name, string definition, int version = 1)
    {
        var made = await _world.Agent.AskAsync($"POST /schema\n\n{{\"name\":\"{name}\",\"definition\":{definition}}}");
        Assert.Equal(version, made.GetProperty("version").GetInt32());
        return made.GetProperty("schema_id").GetString()!;
    }
}
