using System.Net;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Stashes;

/// <summary>Stashes over time: expiry, tombstones, versions, erasure.</summary>
public sealed class LifetimeTests : IAsyncLifetime
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
    public async Task Expiry_Reached_HidesTheStashAtOnce()
    {
        await _world.Agent.AskAsync("PUT /stash/a?ttl=60\n\nx");
        _time.Pass(TimeSpan.FromSeconds(59));
        Assert.Equal("x", await _world.Agent.GetStringAsync("/stash/a", Cancellation));
        // Nobody is woken: readers know by themselves.
        _time.Pass(TimeSpan.FromSeconds(1));
        foreach (var send in new[] { "GET /stash/a", "GET /stash/a?version=1", "GET /stash/a/versions", "GET /stash/a/lineage", "DELETE /stash/a" })
        {
            using var answer = await _world.Agent.SendAsync(send);
            await Problems.CheckAsync(answer, "stash.not_found");
        }

        Assert.Empty((await _world.Agent.AskAsync("GET /stashes")).GetProperty("items").EnumerateArray());
        using var unmatched = await _world.Agent.SendAsync("PUT /stash/b\nBaton-Sources: stash:a\n\nx");
        await Problems.CheckAsync(unmatched, "lineage.unknown_source");
    }

    [Fact]
    public async Task Expiry_Reached_IsInTheLedgerBySystemAndEndsWaits()
    {
        await _world.Agent.AskAsync("PUT /stash/a?ttl=60\n\nx");
        var before = _world.Head;
        using var stream = await SseReader.OpenAsync(_world.Agent, $"/stash/a?after={before}");
        await AdvanceAsync(TimeSpan.FromSeconds(61));
        var change = (await stream.NextAsync())!.Json;
        Assert.Equal(("expire", 2L, "system"),
            (change.GetProperty("op").GetString(), change.GetProperty("version").GetInt64(), change.GetProperty("updated_by").GetString()));
        Assert.Equal(["stash.expire stash:a v2 by system"], await _world.EntriesAsync(before));
        Assert.Equal(3, (await _world.Agent.AskAsync("PUT /stash/a\n\ny")).GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task Expiry_PutAnew_MovesOrGoes()
    {
        await _world.Agent.AskAsync("PUT /stash/kept?ttl=60\n\nx");
        await _world.Agent.AskAsync("PUT /stash/moved?ttl=60\n\nx");
        await _world.Agent.AskAsync("PUT /stash/gone?ttl=60\n\nx");
        await _world.Agent.AskAsync("PATCH /stash/kept/append\n\ny");
        await _world.Agent.AskAsync("PUT /stash/moved?ttl=120\n\nx");
        await _world.Agent.AskAsync("PUT /stash/gone\n\nx");
        var before = _world.Head;
        await AdvanceAsync(TimeSpan.FromSeconds(61));
        var names = (await _world.Agent.AskAsync("GET /stashes")).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("name").GetString());
        Assert.Equal(["gone", "moved"], names);
        var expired = await _world.Agent.AskAsync($"GET /events?after={before}");
        Assert.Equal("stash:kept", expired.GetProperty("items")[0].GetProperty("resource").GetString());
    }

    [Fact]
    public async Task Expired_CreatedAnewBeforeItIsErased_ShowsNothingFromBefore()
    {
        // The worker sleeps until then, so it does not see the time that passes.
        await _world.Agent.AskAsync("PUT /stash/a?ttl=60\n\nold");
        await _server.WorkOffAsync();
        _time.Pass(TimeSpan.FromSeconds(60));
        var made = await _world.Agent.AskAsync("PUT /stash/a\n\nnew");
        Assert.Equal(2, made.GetProperty("version").GetInt64());
        using var older = await _world.Agent.SendAsync("GET /stash/a?version=1");
        await Problems.CheckAsync(older, "stash.version_not_found");
        Assert.Single((await _world.Agent.AskAsync("GET /stash/a/versions")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Tombstone_AfterThirtyDays_IsForgotten()
    {
        await _world.Agent.AskAsync("PUT /stash/a\n\nx");
        await _world.Agent.AskAsync("DELETE /stash/a");
        await _world.Agent.AskAsync("PUT /stash/b\n\nx");
        await AdvanceAsync(TimeSpan.FromDays(29));
        Assert.Equal(3, (await _world.Agent.AskAsync("PUT /stash/a\n\nx")).GetProperty("version").GetInt64());
        await _world.Agent.AskAsync("DELETE /stash/a");
        await AdvanceAsync(TimeSpan.FromDays(31));
        Assert.Equal(1, (await _world.Agent.AskAsync("PUT /stash/a\n\nx")).GetProperty("version").GetInt64());
        Assert.True((await _world.Agent.AskAsync("GET /ledger/verify")).GetProperty("intact").GetBoolean());
    }

    [Fact]
    public async Task Clock_SetFarAhead_ExpiresNothing()
    {
        await _world.Agent.AskAsync("PUT /stash/a?ttl=60\n\nx");
        _time.SetClock(TimeSpan.FromDays(1));
        Assert.Equal("x", await _world.Agent.GetStringAsync("/stash/a", Cancellation));
        _time.SetClock(TimeSpan.FromDays(-1));
        _time.Pass(TimeSpan.FromSeconds(60));
        using var answer = await _world.Agent.SendAsync("GET /stash/a");
        await Problems.CheckAsync(answer, "stash.not_found");
    }

    [Fact]
    public async Task Versions_MoreThanTen_KeepTheNewestTen()
    {
        for (var version = 1; version <= 23; version++) await _world.Agent.AskAsync($"PUT /stash/a\n\nv{version}");
        var kept = (await _world.Agent.AskAsync("GET /stash/a/versions")).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("version").GetInt64());
        Assert.Equal(Enumerable.Range(14, 10).Reverse().Select(version => (long)version), kept);
        for (var version = 14; version <= 23; version++)
            Assert.Equal($"v{version}", await _world.Agent.GetStringAsync($"/stash/a?version={version}", Cancellation));
    }

    [Fact]
    public async Task Commitment_WithTheSaltOfTheVersion_OpensTheLedgersEntry()
    {
        var put = await _world.Agent.AskAsync("PUT /stash/a\n\nevidence");
        var version = (await _world.Agent.AskAsync("GET /stash/a/versions")).GetProperty("items")[0];
        var entry = (await _world.Agent.AskAsync($"GET /events?after={put.GetProperty("seq").GetInt64() - 1}")).GetProperty("items")[0];
        byte[] salted = [.. Convert.FromHexString(version.GetProperty("salt").GetString()!), .. "evidence"u8];
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(salted)),
            entry.GetProperty("commitment").GetString());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3)]
    public async Task Deleted_Content_IsErasedFromTheDatabase(int versionsLater)
    {
        var directory = Directory.CreateTempSubdirectory("baton-test-").FullName;
        await using (var server = await TestServer.StartAsync(directory: directory))
        {
            for (var version = 1; version <= 10; version++) await server.Admin.AskAsync($"PUT /stash/a\n\nsecret {version}");
        }

        // The operator keeps fewer versions from now on: what was kept before must be erased as well.
        await using (var server = await TestServer.StartAsync(options => options with { StashVersions = versionsLater }, directory: directory))
        {
            await server.Admin.AskAsync("PUT /stash/a\n\nsecret 11");
            await server.Admin.AskAsync("DELETE /stash/a");
        }

        using (var connection = Backend.OpenDatabaseOf(directory))
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM stash_version";
            Assert.Equal(0L, command.ExecuteScalar());
        }

        Directory.Delete(directory, recursive: true);
        Backend.Drop(directory);
    }

    /// <summary>Time passes, and the due worker has done what was due.</summary>
    async Task AdvanceAsync(TimeSpan by)
    {
        await _server.AdvanceAsync(by);
        Assert.Equal(HttpStatusCode.OK, (await _world.Agent.GetAsync("/ledger/head", Cancellation)).StatusCode);
    }
}
