using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Http;

/// <summary>Bodies stay within their bounds, however they are sent.</summary>
public sealed class BodyTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    TestServer Server => fixture.Server;

    [Theory]
    [InlineData(999, "201")]
    [InlineData(1000, "201")]
    [InlineData(1001, "413")]
    public async Task Chunked_AroundTheLimit_IsTakenUpToIt(int size, string status)
    {
        using var connection = await RawConnection.OpenAsync(Server.Url);
        var half = size / 2;
        await connection.SendAsync(
            Head("PUT", $"/stash/chunked-{size}", "Transfer-Encoding: chunked")
            + $"{half:x}\r\n{new string('x', half)}\r\n{size - half:x}\r\n{new string('x', size - half)}\r\n0\r\n\r\n");
        var answer = await connection.ReadUntilAsync("}");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Equal(0, Server.Parts.Bodies.InFlight);
    }

    [Fact]
    public async Task Body_OfAKeyThatIsRevokedWhileItComes_ChangesNothing()
    {
        var world = await World.NewAsync(Server);
        using var connection = await RawConnection.OpenAsync(Server.Url);
        await connection.SendAsync(
            $"PUT /stash/slow HTTP/1.1\r\nHost: a\r\nX-API-KEY: {world.Value("agent_key")}\r\n"
            + "Content-Length: 1\r\nExpect: 100-continue\r\n\r\n");
        // The server says so when it begins to read: the key has been let in.
        Assert.StartsWith("HTTP/1.1 100 ", await connection.ReadUntilAsync("\r\n\r\n"), StringComparison.Ordinal);
        await world["admin"].AskAsync("DELETE /keys/" + world.Value("agent_id"));
        await connection.SendAsync("x");
        Assert.Contains("\"auth.required\"", await connection.ReadUntilAsync("}"), StringComparison.Ordinal);
        using var absent = await world["reader"].SendAsync("GET /stash/slow");
        await Problems.CheckAsync(absent, "stash.not_found");
    }

    [Fact]
    public async Task Declared_OverTheLimit_IsRefusedUnread()
    {
        using var connection = await RawConnection.OpenAsync(Server.Url);
        await connection.SendAsync(Head("PUT", "/stash/a", "Content-Length: 1001"));
        // Not a byte of the body was sent, and the answer is there.
        var answer = await connection.ReadUntilAsync("request.body_too_large");
        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chunked_WithoutEnd_IsRefusedAsSoonAsItIsOver()
    {
        using var connection = await RawConnection.OpenAsync(Server.Url);
        await connection.SendAsync(
            Head("PUT", "/stash/a", "Transfer-Encoding: chunked") + $"{2000:x}\r\n{new string('x', 2000)}\r\n");
        var answer = await connection.ReadUntilAsync("request.body_too_large");
        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("request.body_too_large", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chunked_OverTheLimitButComplete_LeavesTheConnectionUsable()
    {
        using var connection = await RawConnection.OpenAsync(Server.Url);
        await connection.SendAsync(
            Head("PUT", "/stash/a", "Transfer-Encoding: chunked") + $"{2000:x}\r\n{new string('x', 2000)}\r\n0\r\n\r\n");
        Assert.Contains("413 ", await connection.ReadUntilAsync("request.body_too_large"), StringComparison.Ordinal);
        await connection.SendAsync(Head("GET", "/healthz"));
        Assert.Contains("{\"status\":\"ok\"}", await connection.ReadUntilAsync("ok\"}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chunked_ThatIsNoChunk_IsMalformed()
    {
        using var connection = await RawConnection.OpenAsync(Server.Url);
        await connection.SendAsync(Head("PUT", "/stash/a", "Transfer-Encoding: chunked") + "zz\r\n");
        Assert.Contains("request.malformed", await connection.ReadUntilAsync("request.malformed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Declared_ThatDoesNotCome_IsTooSlow()
    {
        using var connection = await RawConnection.OpenAsync(Server.Url);
        using var another = await RawConnection.OpenAsync(Server.Url);
        await connection.SendAsync(Head("PUT", "/stash/a", "Content-Length: 900") + "x");
        // Whether it is empty, as it must be here, is not known before it has ended.
        await another.SendAsync(Head("DELETE", "/stash/a", "Transfer-Encoding: chunked"));
        // Kestrel gives up on its own clock, some seconds from here.
        var answer = await connection.ReadUntilAsync("request.body_too_slow");
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        answer = await another.ReadUntilAsync("request.body_too_slow");
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 2", "{}")]
    [InlineData("Content-Length: 2\r\nExpect: 100-continue", "")]
    [InlineData("Transfer-Encoding: chunked", "2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "1\r\n \r\n")]
    public async Task Body_WhereNoneIsTaken_IsRefusedWhateverItsFraming(string framing, string body)
    {
        await Server.Admin.AskAsync("PUT /stash/framed\n\nx");
        using var connection = await RawConnection.OpenAsync(Server.Url);
        await connection.SendAsync(Head("DELETE", "/stash/framed", framing) + body);
        var answer = await connection.ReadUntilAsync("}");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("request.body_not_taken", answer, StringComparison.Ordinal);
        Assert.Equal("x", await Server.Admin.GetStringAsync("/stash/framed", TestContext.Current.CancellationToken));
    }

    /// <summary>The last is what curl --http2 and Java's client ask of every http address.</summary>
    [Theory]
    [InlineData("Content-Length: 0", "")]
    [InlineData("Transfer-Encoding: chunked", "0\r\n\r\n")]
    [InlineData("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAA", "")]
    public async Task Body_ThatIsEmpty_IsNone(string framing, string body)
    {
        await Server.Admin.AskAsync("PUT /stash/framed\n\nx");
        using var connection = await RawConnection.OpenAsync(Server.Url);
        await connection.SendAsync(Head("DELETE", "/stash/framed", framing) + body);
        var answer = await connection.ReadUntilAsync("}");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_MoreThanMayBeInFlight_AreRefusedUntilTheyEnd()
    {
        await using var small = await TestServer.StartAsync(options => options with { BodiesInFlightBytes = 1024 });
        using (var first = await RawConnection.OpenAsync(small.Url))
        {
            using var second = await RawConnection.OpenAsync(small.Url);
            await first.SendAsync(Head("PUT", "/stash/a", "Content-Length: 1000\r\nExpect: 100-continue"));
            // The server says this when it begins to read, which it does when it has reserved the bytes.
            await first.ReadUntilAsync("100 Continue");
            await second.SendAsync(Head("PUT", "/stash/b", "Content-Length: 25") + new string('x', 25));
            var answer = await second.ReadUntilAsync("server.overloaded");
            Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
            Assert.Contains("Retry-After: 1", answer, StringComparison.Ordinal);
            await first.SendAsync(new string('x', 1000));
            await first.ReadUntilAsync("\"version\":1");
        }

        await small.Admin.AskAsync("PUT /stash/b\n\n" + new string('x', 1000));
        Assert.Equal(0, small.Parts.Bodies.InFlight);
    }

    static string Head(string method, string path, string headers = "Accept: */*") =>
        $"{method} {path} HTTP/1.1\r\nHost: baton\r\nX-API-KEY: {TestServer.AdminSecret}\r\n{headers}\r\n\r\n";
}
