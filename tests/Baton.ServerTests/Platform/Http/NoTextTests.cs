using System.Text;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Http;

/// <summary>
/// Bytes that no UTF-8 has, wherever a request has text: they are refused, never an error of the server's own. JSON
/// bodies are in <see cref="EveryRouteTests"/>.
/// </summary>
public sealed class NoTextTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    /// <summary>Half of a surrogate pair, a slash written too long, a byte of no use, a character cut short.</summary>
    static readonly string[] s_bytes = ["\xED\xA0\x80", "\xC0\xAF", "\xFF", "\xE2\x82"];

    static readonly string[] s_encoded = ["%ED%A0%80", "%c0%af", "%FF", "%e2%82"];

    [Theory]
    [InlineData("PATCH /store/n/k\nContent-Type: application/merge-patch+json", "{\"a\":{\"b\":\"?\"}}")]
    [InlineData("PATCH /store/n/k\nContent-Type: application/merge-patch+json", "{\"a\":{\"?\":1}}")]
    [InlineData("PATCH /store/n/k\nContent-Type: application/json", "{\"set\":{\"/?\":1}}")]
    [InlineData("PATCH /store/n/k\nContent-Type: application/json", "{\"append\":{\"/a\":[\"?\"]}}")]
    [InlineData("PUT /state/planner/k\nContent-Type: application/json", "[{\"a\":\"?\"}]")]
    [InlineData("POST /stream/s\nContent-Type: application/json", "[{\"data\":1,\"label\":\"?\"}]")]
    [InlineData("POST /stream/s\nContent-Type: application/json", "[{\"data\":{\"?\":[\"?\"]}}]")]
    [InlineData("PUT /stash/a?schema_id={schema1}\nContent-Type: application/json", "{\"a\":\"?\"}")]
    [InlineData("POST /transaction\nContent-Type: application/json", "{\"operations\":[{\"op\":\"?\"}]}")]
    [InlineData("POST /transaction\nContent-Type: application/json", "{\"operations\":[{\"?\":\"stash.put\"}]}")]
    [InlineData("POST /transaction\nContent-Type: application/json", "{\"operations\":[{\"op\":\"store.set\",\"key\":\"?\",\"value\":1}]}")]
    [InlineData("POST /transaction\nContent-Type: application/json", "{\"operations\":[{\"op\":\"stash.put\",\"name\":\"a\",\"content\":\"\",\"sources\":[\"stash:?\"]}]}")]
    [InlineData("POST /transaction\nContent-Type: application/json", "{\"operations\":[{\"op\":\"store.patch\",\"key\":\"k\",\"set\":{\"/?\":{\"?\":1}}}]}")]
    [InlineData("POST /transaction\nContent-Type: application/json", "{\"operations\":[{\"op\":\"stream.append\",\"stream\":\"?\",\"data\":1}]}")]
    public async Task Body_ThatIsNoText_IsRefused(string head, string body)
    {
        var world = await NewWorldAsync();
        foreach (var bytes in s_bytes.Concat(["\\ud800", "\\udc00\\ud800", "\\ud83dx"]))
            await RefusesAsync(world, head, body.Replace("?", bytes, StringComparison.Ordinal));
        var marked = await RefusesAsync(world, head, "\xEF\xBB\xBF" + body.Replace("?", "a", StringComparison.Ordinal));
        Assert.Contains("byte order mark", marked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /stash/?")]
    [InlineData("GET /stash/?/lineage")]
    [InlineData("GET /store/?/k")]
    [InlineData("GET /store/n/?")]
    [InlineData("GET /store/n?key=?")]
    [InlineData("GET /state/?/k")]
    [InlineData("GET /stream/?")]
    [InlineData("GET /stream/s/cursors?limit=?")]
    [InlineData("GET /schema/?")]
    [InlineData("GET /stashes?q=?")]
    [InlineData("GET /stashes??=1")]
    [InlineData("GET /events?resource=?")]
    [InlineData("GET /discover?q=?")]
    [InlineData("GET /store/n?prefix=?")]
    [InlineData("GET /stashes?ticket=?")]
    [InlineData("DELETE /stream/s/cursors/?")]
    public async Task Target_ThatIsNoText_IsRefused(string line)
    {
        var world = await NewWorldAsync();
        // The first question mark may begin the query.
        var at = line.LastIndexOf('?');
        if (line.Contains("??", StringComparison.Ordinal)) at = line.IndexOf("??", StringComparison.Ordinal) + 1;
        foreach (var bytes in s_encoded.Concat(s_bytes))
            await RefusesAsync(world, line[..at] + bytes + line[(at + 1)..]);
    }

    [Theory]
    [InlineData("Baton-Agent")]
    [InlineData("Baton-Workspace")]
    [InlineData("Baton-Model")]
    [InlineData("Baton-Sources")]
    [InlineData("Baton-Min-Seq")]
    [InlineData("Idempotency-Key")]
    [InlineData("If-Match")]
    [InlineData("Authorization")]
    public async Task Header_ThatIsNoText_IsRefused(string name)
    {
        var world = await NewWorldAsync();
        var start = name is "Authorization" ? "Bearer " : name is "Baton-Sources" ? "stash:" : "";
        foreach (var bytes in s_bytes) await RefusesAsync(world, $"PUT /stash/a\n{name}: {start}{bytes}", "x");
        if (name is "Baton-Sources")
            foreach (var bytes in s_encoded) await RefusesAsync(world, $"PUT /stash/a\n{name}: {start}{bytes}", "x");
    }

    async Task<World> NewWorldAsync()
    {
        var world = await World.NewAsync(fixture.Server);
        await world.Agent.AskAsync("POST /stream\n\n{\"name\":\"s\"}");
        await world.Agent.AskAsync("PUT /store/n/k\n\n{\"a\":[]}");
        world.NoteSchema(await world.Agent.AskAsync(
            "POST /schema\n\n{\"name\":\"x\",\"definition\":{\"type\":\"object\"},\"target_type\":\"both\"}"));
        return world;
    }

    /// <summary>Sends bytes as they are: each character is one.</summary>
    async Task<string> RefusesAsync(World world, string head, string body = "")
    {
        var before = world.Head;
        var lines = world.Fill(head).Split('\n');
        var key = head.Contains("Authorization", StringComparison.Ordinal) ? "" : $"X-API-KEY: {world.Value("agent_key")}\r\n";
        using var connection = await RawConnection.OpenAsync(fixture.Server.Url);
        await connection.SendAsync(
            $"{lines[0]} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{key}"
            + string.Concat(lines[1..].Select(line => line + "\r\n"))
            + (body.Length > 0 ? $"Content-Length: {body.Length}\r\n" : "")
            + $"\r\n{body}");
        var answer = await connection.ReadToEndAsync(TimeSpan.FromSeconds(30));
        Assert.True(
            answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal),
            $"{head} {Convert.ToHexString(Encoding.Latin1.GetBytes(body))}: {answer}");
        Assert.Equal(before, world.Head);
        return answer;
    }
}
