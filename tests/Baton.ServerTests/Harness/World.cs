using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Baton.Server.Platform.Reading.Pages;

namespace Baton.ServerTests.Harness;

/// <summary>A fresh workspace on a running server, with a key of every role.</summary>
internal sealed partial class World
{
    static int s_count;

    readonly Dictionary<string, HttpClient> _clients = [];
    readonly Dictionary<string, string> _values = [];

    int _schemas;

    World(TestServer server) => Server = server;

    public TestServer Server { get; }

    public string WorkspaceId => _values["workspace"];

    /// <summary>The client of `server`, `admin`, `agent`, `reader`, of an agent key bound to `planner`, or of nobody.</summary>
    public HttpClient this[string who] => _clients[who];

    public HttpClient Agent => this["agent"];

    /// <summary>Ids and secrets by name: `workspace`, `admin_id`, `admin_key`, …</summary>
    public string Value(string name) => _values[name];

    public static async Task<World> NewAsync(TestServer server)
    {
        var world = new World(server);
        var name = "w" + Interlocked.Increment(ref s_count);
        using var answer = await server.Admin.PostAsJsonAsync("/workspaces", new { name }, Cancellation);
        var made = await JsonOf(answer);
        world._values["name"] = name;
        world._values["workspace"] = made.GetProperty("workspace_id").GetString()!;
        world.Add("admin", made, server.NewClient(made.GetProperty("key").GetString()!));
        world.Add("nobody", made, server.NewClient(secret: null));
        var first = server.NewClient(TestServer.AdminSecret);
        first.DefaultRequestHeaders.Add("Baton-Workspace", name);
        world._clients["server"] = first;
        foreach (var role in new[] { "agent", "reader" }) await world.AddKeyAsync(role, new { name = role, role });
        await world.AddKeyAsync("planner", new { name = "planner", role = "agent", agent_id = "planner" });
        return world;
    }

    /// <summary>Makes a key and a client with it.</summary>
    public async Task<HttpClient> AddKeyAsync(string who, object request)
    {
        using var answer = await this["admin"].PostAsJsonAsync("/keys", request, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        var made = await JsonOf(answer);
        Add(who, made, Server.NewClient(made.GetProperty("key").GetString()!));
        return this[who];
    }

    /// <summary>The newest commit of the workspace.</summary>
    public long Head => Server.Parts.Feed.Head(WorkspaceId);

    /// <summary>The ledger entries after a seq, each as one line: action, resource, version, who, outcome, code, count.</summary>
    public async Task<List<string>> EntriesAsync(long after)
    {
        using var answer = await this["reader"].GetAsync($"/events?after={after}&limit=1000", Cancellation);
        return [.. (await JsonOf(answer)).GetProperty("items").EnumerateArray().Select(Line)];
    }

    /// <summary>Keeps what an answer told and later requests need: `claim`, the first claim's id.</summary>
    public void Note(string answer)
    {
        const string Before = "\"claim_id\":\"";
        var start = answer.IndexOf(Before, StringComparison.Ordinal);
        if (start < 0) return;
        start += Before.Length;
        _values["claim"] = answer[start..answer.IndexOf('"', start)];
    }

    /// <summary>
    /// Puts ids and secrets in place of `{workspace}`, `{admin_id}` and so on; then in place of
    /// `{cursor stash.list market-a}` the cursor of that list and place.
    /// </summary>
    public string Fill(string text)
    {
        text = _values.Aggregate(text, (filled, pair) => filled.Replace($"{{{pair.Key}}}", pair.Value, StringComparison.Ordinal));
        return CursorInText().Replace(text, match => ListCursor.Of(match.Groups["list"].Value, match.Groups["place"].Value));
    }

    [GeneratedRegex(@"\{cursor (?<list>\S+) (?<place>[^}]*)\}")]
    private static partial Regex CursorInText();

    public static async Task<JsonElement> JsonOf(HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync(Cancellation));

    /// <summary>From now on `{schema1}` is the id of the schema that was registered first, and so on.</summary>
    public void NoteSchema(JsonElement made) =>
        _values[$"schema{++_schemas}"] = made.GetProperty("schema_id").GetString()!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static string Line(JsonElement entry)
    {
        // Not for this reader: it has only its place in the chain.
        if (!entry.TryGetProperty("action", out _)) return "hidden";
        var parts = new List<string?>
        {
            entry.GetProperty("action").GetString(),
            entry.GetProperty("resource").GetString(),
            entry.TryGetProperty("version", out var version) ? $"v{version.GetInt64()}" : null,
            entry.TryGetProperty("agent_id", out var agent) ? $"by {agent.GetString()}" : null,
            entry.GetProperty("key_id").GetString() == "system" ? "by system" : null,
            entry.GetProperty("outcome").GetString() == "ok" ? null : entry.GetProperty("outcome").GetString(),
        };
        if (entry.TryGetProperty("detail", out var detail))
        {
            if (detail.TryGetProperty("code", out var code)) parts.Add(code.GetString());
            if (detail.TryGetProperty("count", out var count)) parts.Add($"x{count.GetInt64()}");
        }

        return string.Join(' ', parts.Where(part => part is not null));
    }

    void Add(string who, JsonElement made, HttpClient client)
    {
        _clients[who] = client;
        if (who == "nobody") return;
        _values[who + "_id"] = made.GetProperty("key_id").GetString()!;
        _values[who + "_key"] = made.GetProperty("key").GetString()!;
    }
}
