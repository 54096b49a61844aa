using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Http;

/// <summary>
/// Proxies may send the whole address as the target (RFC 9112, section 3.2.2): it means what its path and query mean.
/// </summary>
public sealed class AbsoluteTargetTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("POST", "/store/a%2Fb/get", "{\"keys\":[\"k\"]}", 200)]
    [InlineData("GET", "/store/a%2fb/k", "", 200)]
    [InlineData("GET", "/store/a%2Fb/c%2Fd", "", 200)]
    [InlineData("GET", "/store/a%2Fb?key=k", "", 200)]
    [InlineData("GET", "/store/a%252Fb/k", "", 404)]
    [InlineData("GET", "/store/a/b/k", "", 404)]
    [InlineData("GET", "/stash/report%2Flineage", "", 400)]
    [InlineData("DELETE", "/stream/log%2Fcursors%2Freader", "", 400)]
    [InlineData("GET", "/stash/%72eport", "", 200)]
    [InlineData("GET", "/stash/%FF", "", 400)]
    [InlineData("GET", "/stash/%00", "", 400)]
    [InlineData("GET", "/nothing", "", 404)]
    [InlineData("GET", "/", "", 200)]
    public async Task Target_InItsAbsoluteForm_MeansItsPath(string method, string target, string body, int status)
    {
        var world = await World.NewAsync(fixture.Server);
        await world.Agent.AskAsync("PUT /store/a%2Fb/k\nContent-Type: application/json\n\n1");
        await world.Agent.AskAsync("PUT /store/a%2Fb/c%2Fd\nContent-Type: application/json\n\n2");
        await world.Agent.AskAsync("PUT /stash/report\n\nit");
        await world.Agent.AskAsync("POST /stream\n\n{\"name\":\"log\"}");
        await world.Agent.AskAsync("PUT /stream/log/cursors/reader\n\n{\"entry_id\":0}");
        var key = world.Agent.DefaultRequestHeaders.GetValues("X-API-KEY").Single();
        var relative = await SendAsync(target, method, key, body);
        var absolute = await SendAsync("http://baton.example" + target, method, key, body);
        Assert.StartsWith($"HTTP/1.1 {status} ", relative, StringComparison.Ordinal);
        Assert.StartsWith($"HTTP/1.1 {status} ", absolute, StringComparison.Ordinal);
        var cursors = await world.Agent.AskAsync("GET /stream/log/cursors");
        Assert.Equal(1, cursors.GetProperty("items").GetArrayLength());
    }

    /// <summary>An authority ends at a question mark as well as at a slash (RFC 3986, section 3.2).</summary>
    [Theory]
    [InlineData("?x=/keys")]
    [InlineData("?/keys")]
    [InlineData("?x=http://baton.example/keys")]
    public async Task Target_WithAQueryAndNoPath_MeansTheRoot(string query)
    {
        var world = await World.NewAsync(fixture.Server);
        foreach (var target in new[] { "/" + query, "http://baton.example" + query })
        {
            var answer = await SendAsync(target, "GET", world.Value("admin_key"), body: "");
            // Of a list it would name the parameters that there are.
            Assert.Contains("is not a parameter (this route takes none).", answer, StringComparison.Ordinal);
        }
    }

    /// <summary>No target has a fragment, and what is in one is no path.</summary>
    [Fact]
    public async Task Target_WithAFragmentAndNoPath_IsNotWhatTheFragmentNames()
    {
        var world = await World.NewAsync(fixture.Server);
        var answer = await SendAsync("http://baton.example#/keys", "GET", world.Value("admin_key"), body: "");
        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
    }

    async Task<string> SendAsync(string target, string method, string key, string body)
    {
        using var connection = await RawConnection.OpenAsync(fixture.Server.Url);
        await connection.SendAsync(
            $"{method} {target} HTTP/1.1\r\nHost: baton.example\r\nConnection: close\r\nX-API-KEY: {key}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        return await connection.ReadToEndAsync(TimeSpan.FromSeconds(30));
    }
}
