using System.Net;
using System.Text.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Keys;

/// <summary>A ticket opens what it was made for, as whom it was made, while the secret holds that made it.</summary>
public sealed class TicketTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.NewAsync(fixture.Server);

    public ValueTask DisposeAsync() => default;

    /// <summary>A secret that leaked is ended by a rotation: with all that was made by it.</summary>
    [Theory]
    [InlineData(0, HttpStatusCode.Unauthorized)]
    [InlineData(60, HttpStatusCode.OK)]
    public async Task Ticket_AfterItsKeyIsRotated_OpensWhileTheOldSecretDoes(int grace, HttpStatusCode status)
    {
        var ticket = await TicketAsync("agent", "/stashes");
        await RotateAsync(grace);
        using var answer = await _world["nobody"].SendAsync($"GET /stashes?ticket={ticket}");
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Ticket_OfAKeyThatIsRotatedWhileItsStreamRuns_EndsTheStream()
    {
        var ticket = await TicketAsync("agent", "/events");
        using var stream = await SseReader.OpenAsync(_world["nobody"], $"/events?after=now&ticket={ticket}");
        await RotateAsync(grace: 0);
        Assert.Equal("end", (await stream.NextAsync())!.Type);
        Assert.Null(await stream.NextAsync());
    }

    [Theory]
    [InlineData("agent", null, false)]
    [InlineData("agent", "critic", false)]
    [InlineData("agent", "planner", true)]
    [InlineData("planner", null, true)]
    public async Task Ticket_MadeAsAnAgent_SeesWhatThatAgentSees(string maker, string? agent, bool seesIt)
    {
        await _world["planner"].AskAsync("POST /schema\n\n{\"name\":\"mine\",\"definition\":true,\"visibility\":\"private\"}");
        var ticket = await TicketAsync(maker, "/schemas", agent is null ? "" : $"\nBaton-Agent: {agent}");
        var list = await _world["nobody"].AskAsync($"GET /schemas?ticket={ticket}");
        Assert.Equal(seesIt ? 1 : 0, list.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData(true, "of the tenant")]
    [InlineData(false, "of the server")]
    public async Task Ticket_OfAServerKey_OpensTheWorkspaceThatItWasMadeIn(bool isNamed, string content)
    {
        await fixture.Server.Admin.AskAsync("PUT /stash/report\n\nof the server");
        await _world.Agent.AskAsync("PUT /stash/report\n\nof the tenant");
        var maker = isNamed ? _world["server"] : fixture.Server.Admin;
        var made = await maker.AskAsync("POST /tickets\n\n{\"path\":\"/stash/report\"}");
        using var answer = await _world["nobody"].SendAsync($"GET /stash/report?ticket={made.GetProperty("ticket").GetString()}");
        Assert.Equal(content, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("HEAD /stashes?ticket={ticket}", "auth.required")]
    [InlineData("PUT /stash/a?ticket={ticket}\n\nx", "auth.required")]
    [InlineData("DELETE /stash/a?ticket={ticket}", "auth.required")]
    [InlineData("POST /tickets?ticket={ticket}\n\n{\"path\":\"/stashes\"}", "auth.required")]
    [InlineData("GET /Stashes?ticket={ticket}", "auth.required")]
    [InlineData("GET /stashes/?ticket={ticket}", "auth.required")]
    [InlineData("GET /store/../stashes?ticket={ticket}", "auth.required")]
    [InlineData("GET /stashes?TICKET={ticket}", "auth.required")]
    [InlineData("GET /stashes?ticket={ticket}x", "auth.required")]
    [InlineData("GET /stashes?ticket={ticket}&ticket={ticket}", "request.invalid")]
    [InlineData("GET /stashes?ticket={ticket}&ticket=", "request.invalid")]
    [InlineData("GET /stashes?ticket={ticket}&%74icket=x", "request.invalid")]
    [InlineData("GET /stashes?ticket={ticket}\nX-API-KEY: btn_x", "request.invalid")]
    [InlineData("GET /stashes?ticket={ticket}\nX-API-KEY: ", "request.invalid")]
    [InlineData("GET /stashes?ticket={ticket}\nAuthorization: Bearer {agent_key}", "request.invalid")]
    [InlineData("GET /stashes?%74icket={ticket}\nX-API-KEY: {agent_key}", "request.invalid")]
    [InlineData("GET /stashes?ticket\nX-API-KEY: {agent_key}", "request.invalid")]
    [InlineData("PUT /stash/a?ticket=x\nX-API-KEY: {agent_key}\n\nx", "request.invalid")]
    [InlineData("GET /stashes?ticket={ticket}\nBaton-Agent: ", "request.invalid_header")]
    [InlineData("GET /stashes?ticket={ticket}\nBaton-Agent: planner", "request.invalid_header")]
    [InlineData("GET /stashes?ticket={ticket}\nBaton-Workspace: {name}", "request.invalid_header")]
    [InlineData("GET /stashes?ticket={ticket}\nBaton-Workspace: default", "request.invalid_header")]
    public async Task Ticket_UsedInAnotherWay_IsRefusedAndNotUsedUp(string send, string code)
    {
        var ticket = await TicketAsync("agent", "/stashes");
        var text = _world.Fill(send).Replace("{ticket}", ticket, StringComparison.Ordinal);
        var head = _world.Head;
        var answer = await AskRawAsync(text);
        Assert.Contains(code == "auth.required" ? " 401 " : " 400 ", answer, StringComparison.Ordinal);
        if (!text.StartsWith("HEAD", StringComparison.Ordinal)) Assert.Contains($"\"{code}\"", answer, StringComparison.Ordinal);
        Assert.Equal(head, _world.Head);
        await _world["nobody"].AskAsync($"GET /stashes?%74icket={ticket}");
    }

    /// <summary>Records are read by the target as it was sent, where dots are part of a key.</summary>
    [Theory]
    [InlineData("/stash/report", "/store/n/../../stash/report")]
    [InlineData("/store/n/a", "/store/n/b/../a")]
    [InlineData("/store/n/a", "/store/n/b/%2e%2e/a")]
    [InlineData("/store/n", "/store/n/a/..?key=b")]
    [InlineData("/store/n/a%2Fb", "/store/n/a/b")]
    [InlineData("/store/n/a/b", "/store/n/a%2Fb")]
    [InlineData("/store/n/a%2Fb", "/store/n/a%252Fb")]
    public async Task Ticket_OfAPath_OpensNoOtherThatTheWebServerTakesForIt(string path, string target)
    {
        var ticket = await TicketAsync("agent", path);
        var mark = target.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        Assert.Contains(" 401 ", await AskRawAsync($"GET {target}{mark}ticket={ticket}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/stash/report", "/stash/report")]
    [InlineData("/stash/report", "/stash/re%70ort")]
    [InlineData("/store/n/a b+ü", "/store/n/a%20b+%C3%BC")]
    [InlineData("/store/n/a%2Fb", "/store/n/a%2Fb")]
    [InlineData("/store/n/a%25b", "/store/n/a%25b")]
    [InlineData("/store/n", "/store/n?key=a%2F..")]
    public async Task Ticket_OfAPath_OpensItHoweverItIsEncoded(string path, string target)
    {
        var ticket = await TicketAsync("agent", path);
        var mark = target.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        Assert.Contains(" 404 ", await AskRawAsync($"GET {target}{mark}ticket={ticket}"), StringComparison.Ordinal);
    }

    async Task<string> TicketAsync(string who, string path, string headers = "") =>
        (await _world[who].AskAsync($"POST /tickets{headers}\n\n" + JsonSerializer.Serialize(new { path })))
        .GetProperty("ticket").GetString()!;

    /// <summary>No library sends such targets as they are written.</summary>
    async Task<string> AskRawAsync(string text)
    {
        var parts = text.Split("\n\n", 2);
        var lines = parts[0].Split('\n');
        var body = parts.Length > 1 ? parts[1] : "";
        using var connection = await RawConnection.OpenAsync(fixture.Server.Url);
        await connection.SendAsync(
            $"{lines[0]} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
            + string.Concat(lines[1..].Select(line => line + "\r\n"))
            + (parts.Length > 1 ? $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n" : "")
            + $"\r\n{body}");
        return await connection.ReadToEndAsync(TimeSpan.FromSeconds(30));
    }

    Task<JsonElement> RotateAsync(int grace) => _world["admin"].AskAsync(
        $"POST /keys/{_world.Value("agent_id")}/rotate\n\n{{\"grace_seconds\":{grace}}}");
}
