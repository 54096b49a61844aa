using System.Net.Http.Headers;
using System.Text.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Storage.Copying;

/// <summary>
/// A database with something of everything that a client can put there, and what any server on a copy of it must answer.
/// </summary>
internal sealed class FilledDatabase
{
    // Who asks what: the key's secret (null: none), and a request of text.
    readonly List<(string? Secret, string Request)> _questions = [];
    readonly List<string> _answers = [];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<FilledDatabase> FillAsync(TestServer server)
    {
        var filled = new FilledDatabase();
        var world = await World.NewAsync(server);
        await WriteStashesAsync(world.Agent);
        var reader = world.Value("reader_key");
        using (var refused = await world["reader"].SendAsync("PUT /stash/forbidden\n\nx"))
            Assert.Equal(403, (int)refused.StatusCode);
        await world.AddKeyAsync("limited", new
        {
            name = "limited",
            role = "agent",
            expires_in = 86400,
            rate_limit = new { requests = 1000, window_seconds = 60 },
        });
        var rotated = await world["admin"].AskAsync($"POST /keys/{world.Value("planner_id")}/rotate\n\n{{\"grace_seconds\": 3600}}");
        var ticket = await world.Agent.AskAsync("POST /tickets\n\n{\"path\": \"/events\"}");
        // Kept outcomes: of a write, and of a key, whose secret is not kept.
        var keyed = "PUT /stash/keyed\nIdempotency-Key: k1\n\nonce";
        await world.Agent.AskAsync(keyed);

        string[] secrets =
        [
            reader, world.Value("limited_key"), world.Value("planner_key"), rotated.GetProperty("key").GetString()!,
        ];
        foreach (var secret in secrets) filled.Ask(secret, "GET /stash/report");
        foreach (var target in new[]
        {
            "/events?limit=1000", "/stashes?limit=1000", "/stash/report?version=1", "/stash/report/versions", "/stash/report/lineage?depth=3",
            "/stash/source/lineage", "/stash/empty", "/stash/binary", "/stash/gone", "/stash/mortal", "/ledger/verify",
        })
            filled.Ask(reader, "GET " + target);
        filled.Ask(world.Value("admin_key"), "GET /keys");
        filled.Ask(TestServer.AdminSecret, "GET /workspaces");
        filled.Ask(TestServer.AdminSecret, "GET /ledger/head");
        filled.Ask(world.Value("agent_key"), keyed);
        filled.Ask("btn_unknown_0123456789abcdef0123456789", "GET /stashes");
        // A ticket opens once: on each copy.
        filled.Ask(secret: null, $"GET /events?ticket={ticket.GetProperty("ticket").GetString()}");
        return filled;
    }

    /// <summary>What the server that was filled answers; that it was filled is checked as well.</summary>
    public async Task RememberAsync(TestServer server)
    {
        foreach (var (secret, request) in _questions) _answers.Add(await AnswerAsync(server, secret, request));
        Assert.Contains(_answers, answer => answer.Contains("Idempotency-Replayed: true", StringComparison.Ordinal));
        var refused = _questions.Zip(_answers).Where(pair => !pair.Second.StartsWith("20", StringComparison.Ordinal));
        Assert.Equal(["GET /stash/gone", "GET /stashes"], refused.Select(pair => pair.First.Request));
    }

    /// <summary>A server on a copy answers the same, and goes on where the other ended.</summary>
    public async Task CheckAsync(TestServer server)
    {
        foreach (var ((secret, request), answer) in _questions.Zip(_answers))
            Assert.Equal(answer, await AnswerAsync(server, secret, request));
        using var agent = server.NewClient(TestServer.AdminSecret);
        var before = await agent.AskAsync("GET /ledger/head");
        await agent.AskAsync("PUT /stash/after\n\nx");
        var after = await agent.AskAsync("GET /ledger/head");
        Assert.Equal(before.GetProperty("seq").GetInt64() + 1, after.GetProperty("seq").GetInt64());
        Assert.True((await agent.AskAsync("GET /ledger/verify")).GetProperty("intact").GetBoolean());
    }

    static async Task WriteStashesAsync(HttpClient agent)
    {
        string[] writes =
        [
            "PUT /stash/source\nContent-Type: text/plain; charset=utf-8\n\nGrüße, 世界 🙂",
            "PUT /stash/source\nContent-Type: application/json\n\n{\"n\": 1.0}",
            "PUT /stash/report\nBaton-Model: m-1\nBaton-Sources: stash:source@1, stash:source@2\n\none",
            "PUT /stash/report?discoverable=true\nBaton-Sources: stash:source\n\ntwo",
            "PATCH /stash/report/append\n\n and three",
            "PUT /stash/empty\n\n",
            "PUT /stash/binary\n\n{binary}",
            "PUT /stash/mortal?ttl=86400\n\nx",
            "PUT /stash/Zulu\n\nZ",
            "PUT /stash/_a\n\n_",
            "PUT /stash/gone\n\nx",
            "DELETE /stash/gone",
        ];
        foreach (var write in writes) await agent.AskAsync(write);
        for (var version = 1; version <= 30; version++) await agent.AskAsync($"PUT /stash/often\n\n{version}");
        var large = new byte[600_000];
        new Random(1).NextBytes(large);
        using var content = new ByteArrayContent(large);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await agent.PutAsync("/stash/large", content, Cancellation);
        Assert.True(answer.IsSuccessStatusCode);
    }

    void Ask(string? secret, string request) => _questions.Add((secret, request));

    static async Task<string> AnswerAsync(TestServer server, string? secret, string request)
    {
        using var client = server.NewClient(secret);
        using var answer = await client.SendAsync(request);
        var headers = answer.Headers.Where(header => header.Key is "ETag" or "Baton-Seq" or "Idempotency-Replayed")
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        // What is another in every request.
        if (!answer.IsSuccessStatusCode)
            body = JsonElement.Parse(body).GetProperty("code").GetString()!;
        return $"{(int)answer.StatusCode}\n{string.Join('\n', headers)}\n\n{body}";
    }
}
