using System.Net;
using System.Text.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Keys;

/// <summary>Keys over time: their end, their rotation, their limits.</summary>
public sealed class KeyTests : IAsyncLifetime
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
    public async Task Key_Revoked_IsUnknownAtOnce()
    {
        await _world.Agent.AskAsync("PUT /stash/a\n\nx");
        await _world["admin"].AskAsync("DELETE /keys/{agent_id}".Replace("{agent_id}", _world.Value("agent_id"), StringComparison.Ordinal));
        using var answer = await _world.Agent.SendAsync("PUT /stash/a\n\nx");
        await Problems.CheckAsync(answer, "auth.required");
    }

    [Fact]
    public async Task Key_AtItsEnd_IsUnknownAndListedNoMore()
    {
        var client = await _world.AddKeyAsync("short", new { name = "short", role = "agent", expires_in = 60 });
        await client.AskAsync("GET /stashes");
        _time.Pass(TimeSpan.FromSeconds(59));
        await client.AskAsync("GET /stashes");
        _time.Pass(TimeSpan.FromSeconds(1));
        using var answer = await client.SendAsync("GET /stashes");
        await Problems.CheckAsync(answer, "auth.required");
        Assert.DoesNotContain(_world.Value("short_id"), await _world["admin"].GetStringAsync("/keys", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_AtItsEnd_IsInTheLedgerBySystem()
    {
        await _world.AddKeyAsync("short", new { name = "short", role = "agent", expires_in = 60 });
        var before = _world.Head;
        var waiting = _world["reader"].AskAsync($"GET /events?after={before}&wait=60");
        await _server.AdvanceAsync(TimeSpan.FromSeconds(61));
        await waiting;
        Assert.Equal([$"key.expire key:{_world.Value("short_id")} v2 by system"], await _world.EntriesAsync(before));
    }

    [Fact]
    public async Task Key_RotatedWithGrace_WorksWithBothSecretsUntilItIsOver()
    {
        var next = await RotateAsync(grace: 60);
        await _world.Agent.AskAsync("GET /stashes");
        await next.AskAsync("GET /stashes");
        _time.Pass(TimeSpan.FromSeconds(60));
        using var old = await _world.Agent.SendAsync("GET /stashes");
        await Problems.CheckAsync(old, "auth.required");
        await next.AskAsync("GET /stashes");
    }

    [Fact]
    public async Task Key_RotatedTwiceWithGrace_HasTwoSecretsAtMost()
    {
        var second = await RotateAsync(grace: 600);
        var third = await RotateAsync(grace: 600);
        using var first = await _world.Agent.SendAsync("GET /stashes");
        await Problems.CheckAsync(first, "auth.required");
        await second.AskAsync("GET /stashes");
        await third.AskAsync("GET /stashes");
    }

    [Fact]
    public async Task Key_RotatedWithoutGrace_WorksWithTheNewSecretAlone()
    {
        var next = await RotateAsync(grace: 0);
        using var old = await _world.Agent.SendAsync("GET /stashes");
        await Problems.CheckAsync(old, "auth.required");
        await next.AskAsync("GET /stashes");
    }

    [Fact]
    public async Task Key_RevokedWithinAGrace_EndsWithBothSecrets()
    {
        var next = await RotateAsync(grace: 600);
        await _world["admin"].AskAsync("DELETE /keys/" + _world.Value("agent_id"));
        foreach (var client in new[] { _world.Agent, next })
        {
            using var answer = await client.SendAsync("GET /stashes");
            await Problems.CheckAsync(answer, "auth.required");
        }
    }

    [Fact]
    public async Task Key_OfAHigherRole_IsNotForLowerOnes()
    {
        var made = await _server.Admin.AskAsync("POST /keys\n\n{\"name\":\"a\",\"role\":\"admin\"}");
        using var admin = _server.NewClient(made.GetProperty("key").GetString());
        foreach (var send in new[] { "DELETE /keys/key_admin", "POST /keys/key_admin/rotate\n\n{}" })
        {
            using var answer = await admin.SendAsync(send);
            await Problems.CheckAsync(answer, "access.denied");
        }

        using var itself = await _server.Admin.SendAsync("DELETE /keys/key_admin");
        await Problems.CheckAsync(itself, "key.revokes_itself");
    }

    [Fact]
    public async Task Keys_Paged_AreListedOnceEach()
    {
        for (var count = 0; count < 7; count++) await _world.AddKeyAsync("k" + count, new { name = "k", role = "reader" });
        var seen = new List<string>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = await _world["admin"].AskAsync("GET /keys?limit=3" + (cursor.Length > 0 ? "&cursor=" + cursor : ""));
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("key_id").GetString()!));
            cursor = page.GetProperty("next_cursor").GetString();
        }

        Assert.Equal(11, seen.Count);
        Assert.Equal(seen.Order(StringComparer.Ordinal).Distinct(), seen);
    }

    [Fact]
    public async Task RateLimit_Exceeded_IsRefusedUntilTheWindowEnds()
    {
        var client = await _world.AddKeyAsync(
            "slow", new { name = "slow", role = "agent", rate_limit = new { requests = 2, window_seconds = 60 } });
        _time.Pass(TimeSpan.FromSeconds(1));
        using (var first = await client.SendAsync("GET /stashes"))
        {
            Assert.Equal(["\"key\";q=2;w=60"], first.Headers.GetValues("RateLimit-Policy"));
            Assert.Equal(["\"key\";r=1;t=60"], first.Headers.GetValues("RateLimit"));
        }

        _time.Pass(TimeSpan.FromSeconds(20));
        using (var second = await client.SendAsync("GET /stash/absent"))
            Assert.Equal(["\"key\";r=0;t=40"], second.Headers.GetValues("RateLimit"));
        using (var third = await client.SendAsync("GET /stashes"))
        {
            await Problems.CheckAsync(third, "rate.limited");
            Assert.Equal(TimeSpan.FromSeconds(40), third.Headers.RetryAfter!.Delta);
            Assert.Equal(["\"key\";r=0;t=40"], third.Headers.GetValues("RateLimit"));
        }

        using (var other = await _world.Agent.SendAsync("GET /stashes"))
            Assert.False(other.Headers.Contains("RateLimit"));
        _time.Pass(TimeSpan.FromSeconds(40));
        using var fresh = await client.SendAsync("GET /stashes");
        Assert.Equal(HttpStatusCode.OK, fresh.StatusCode);
        Assert.Equal(["\"key\";r=1;t=60"], fresh.Headers.GetValues("RateLimit"));
    }

    [Fact]
    public async Task Ticket_Used_OpensItsPathOnce()
    {
        var ticket = await TicketAsync("/stashes");
        using (var elsewhere = await NobodyAsync("/events", ticket)) await Problems.CheckAsync(elsewhere, "auth.required");
        using (var write = await _world["nobody"].SendAsync($"PUT /stash/a?ticket={ticket}\n\nx"))
            await Problems.CheckAsync(write, "auth.required");
        using (var good = await NobodyAsync("/stashes", ticket, "&limit=1")) Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        using var again = await NobodyAsync("/stashes", ticket);
        await Problems.CheckAsync(again, "auth.required");
    }

    [Theory]
    [InlineData("Baton-Workspace")]
    [InlineData("Baton-Agent")]
    public async Task Ticket_WithAHeaderThatNamesAnother_IsRefusedAndNotUsedUp(string header)
    {
        var other = await World.NewAsync(_world.Server);
        await other.Agent.AskAsync("PUT /stash/report\n\nsecret of another tenant");
        var ticket = (await _world["server"].AskAsync("POST /tickets\n\n{\"path\":\"/stash/report\"}")).GetProperty("ticket").GetString();
        await _world.Agent.AskAsync("PUT /stash/report\n\nours");
        var value = header == "Baton-Workspace" ? other.Value("name") : "critic";
        using (var named = await _world["nobody"].SendAsync($"GET /stash/report?ticket={ticket}\n{header}: {value}"))
        {
            await Problems.CheckAsync(named, "request.invalid_header");
            Assert.Contains("header:" + header, await named.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        using var plain = await _world["nobody"].SendAsync($"GET /stash/report?ticket={ticket}");
        Assert.Equal("ours", await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ticket_BesideAKey_IsRefused()
    {
        var ticket = await TicketAsync("/stashes");
        foreach (var send in new[] { "GET /stashes", "HEAD /stashes", "PUT /stash/a" })
        {
            using var answer = await _world.Agent.SendAsync($"{send}?ticket={ticket}");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        using var good = await NobodyAsync("/stashes", ticket);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Fact]
    public async Task Ticket_UsedByManyAtOnce_OpensForOne()
    {
        var ticket = await TicketAsync("/stashes");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => NobodyAsync("/stashes", ticket)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task Ticket_AfterAMinute_IsOver()
    {
        var (first, second) = (await TicketAsync("/stashes"), await TicketAsync("/stashes"));
        _time.Pass(TimeSpan.FromSeconds(59));
        using (var good = await NobodyAsync("/stashes", first)) Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        _time.Pass(TimeSpan.FromSeconds(1));
        using var late = await NobodyAsync("/stashes", second);
        await Problems.CheckAsync(late, "auth.required");
    }

    [Fact]
    public async Task Ticket_OfARevokedKey_OpensNothing()
    {
        var ticket = await TicketAsync("/stashes");
        await _world["admin"].AskAsync("DELETE /keys/" + _world.Value("planner_id"));
        using var answer = await NobodyAsync("/stashes", ticket);
        await Problems.CheckAsync(answer, "auth.required");
    }

    [Fact]
    public async Task Ticket_ForAStream_ActsInItsMakersWorkspace()
    {
        var ticket = await TicketAsync("/events");
        using var stream = await SseReader.OpenAsync(_world["nobody"], $"/events?after=now&ticket={ticket}");
        await _world.Agent.AskAsync("PUT /stash/a\n\nx");
        Assert.Equal(_world.WorkspaceId, (await stream.NextAsync())!.Json.GetProperty("workspace_id").GetString());
    }

    async Task<HttpClient> RotateAsync(int grace)
    {
        var made = await _world["admin"].AskAsync(
            $"POST /keys/{_world.Value("agent_id")}/rotate\n\n" + JsonSerializer.Serialize(new { grace_seconds = grace }));
        return _server.NewClient(made.GetProperty("key").GetString());
    }

    async Task<string> TicketAsync(string path) =>
        (await _world["planner"].AskAsync("POST /tickets\n\n" + JsonSerializer.Serialize(new { path }))).GetProperty("ticket").GetString()!;

    Task<HttpResponseMessage> NobodyAsync(string path, string ticket, string more = "") =>
        _world["nobody"].SendAsync($"GET {path}?ticket={ticket}{more}");
}
