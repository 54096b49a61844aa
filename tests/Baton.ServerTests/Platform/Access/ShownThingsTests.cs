using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Access;

/// <summary>
/// Whatever narrows who may see a thing, no read shows it: every read of the route table, by its own action. A read
/// that is new is asked for here, and fails until it is known what it shows.
/// </summary>
public sealed class ShownThingsTests : IAsyncLifetime
{
    /// <summary>Reads that show nothing of which there are many, and why.</summary>
    static readonly Dictionary<string, string> s_showNothing = new()
    {
        ["ledger.head"] = "the workspace's own seq and hash",
        ["ledger.verify"] = "seqs that do not verify",
    };

    /// <summary>Reads of one thing: where it is not there for the caller, it is as absent as what nobody has.</summary>
    static readonly (string Action, string Request)[] s_single =
    [
        ("stash.read", "GET /stash/veiled"), ("stash.read", "GET /stash/veiled?version=1"),
        ("stash.versions", "GET /stash/veiled/versions"), ("stash.lineage", "GET /stash/veiled/lineage"),
        ("schema.read", "GET /schema/veiled-form"), ("schema.versions", "GET /schema/veiled-form/versions"),
        ("schema.validate", "POST /schema/veiled-form/validate\n\n1"),
        ("stream.read", "GET /stream/veiled-log"), ("stream.read", "GET /stream/veiled-log?after=0"),
        ("stash.read", "GET /stash/veiled?wait=0"), ("stash.read", "GET /stash/veiled?wait=0&after_version=0"),
        ("stream.read", "GET /stream/veiled-log?wait=0"), ("schema.read", "GET /schema/veiled-form?wait=0"),
        ("store.read", "GET /store/shelf/veiled-key?wait=0"), ("state.read", "GET /state/planner/veiled-key?wait=0"),
        ("stream.latest", "GET /stream/veiled-log/latest"),
        ("stream.join", "GET /stream/veiled-log/join?count=1&timeout=0"), ("stream.cursors", "GET /stream/veiled-log/cursors"),
        ("store.read", "GET /store/shelf/veiled-key"), ("store.read", "GET /store/shelf/veiled-key?full=true"),
        ("state.read", "GET /state/planner/veiled-key"),
    ];

    /// <summary>Reads of many things, and what the answer has of the veiled one.</summary>
    static readonly (string Action, string Request, string Mark)[] s_many =
    [
        ("stash.list", "GET /stashes", "veiled"), ("stash.list", "GET /stashes?prefix=veil", "veiled"),
        ("stash.lineage", "GET /stash/open/lineage", "veiled"),
        ("schema.list", "GET /schemas", "veiled"), ("schema.list", "GET /schemas?q=form", "veiled"),
        ("discovery.list", "GET /discover?type=stash", "veiled"), ("discovery.list", "GET /discover?type=schema", "veiled"),
        ("discovery.list", "GET /discover?type=stream", "veiled"), ("discovery.list", "GET /discover?label=said", "veiled"),
        ("discovery.list", "GET /discover?linked_to=open", "veiled"), ("discovery.list", "GET /discover", "veiled"),
        ("stream.list", "GET /streams", "veiled"), ("stream.list", "GET /streams?linked_stash=open", "veiled"),
        ("store.namespaces", "GET /store", "veiled-shelf"), ("store.search", "GET /search/store?q=value", "veiled"),
        ("store.list", "GET /store/shelf", "veiled"), ("store.list", "GET /store/shelf?values=false", "veiled"),
        ("store.list", "GET /store/shelf\nAccept: application/x-ndjson", "veiled"),
        ("store.list", "GET /store/shelf?after=0", "veiled"),
        ("store.get_many", "POST /store/shelf/get\n\n{\"keys\":[\"veiled-key\"]}", "a value"),
        ("state.list", "GET /state/planner", "veiled"), ("state.list", "GET /state/planner?after=0", "veiled"),
        ("state.get_many", "POST /state/planner/get\n\n{\"keys\":[\"veiled-key\"]}", "a value"),
        ("events.read", "GET /events?after=0&limit=1000", "veiled"),
        ("events.read", "GET /events?after=0&limit=1000&resource=*veil*", "veiled"),
        ("key.list", "GET /keys", "veiled"), ("workspace.list", "GET /workspaces", "veiled"),
    ];

    /// <summary>Followers, and how the event begins after which they are done: it comes after all that is veiled.</summary>
    static readonly (string Action, string Target, string Last)[] s_followed =
    [
        ("events.read", "/events?after=0", "\"resource\":\"stash:last\""), ("store.list", "/store/shelf?after=0", "\"key\":\"last\""),
        ("state.list", "/state/planner?after=0", "\"key\":\"last\""),
    ];

    readonly WatchedTypes _watched = new();
    TestServer _server = null!;
    HttpClient _watcher = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(types: _watched.Types);
        _watcher = _server.NewClient(TestServer.AdminSecret, WatchedTypes.Watcher);
        await MakeThingsAsync(_server.Admin);
    }

    public async ValueTask DisposeAsync()
    {
        _watcher.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public void Read_OfTheRouteTable_IsAskedForHere()
    {
        var asked = s_single.Select(read => read.Action).Concat(s_many.Select(read => read.Action)).Concat(s_showNothing.Keys);
        var reads = _server.Routes.Where(route => route.Spec is { Role: not null, IsWrite: false }).Select(route => route.Spec.Action);
        Assert.Equal(reads.Order(StringComparer.Ordinal), asked.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Read_OfAThingThatIsNotThere_IsAsOfWhatNobodyHas()
    {
        foreach (var (action, text) in s_single)
        {
            var (status, seen) = await AskAsync(_server.Admin, action, text);
            Assert.True(status == HttpStatusCode.OK, $"{text} was answered {seen}");
            var hidden = await AskAsync(_watcher, action, text);
            var absent = await AskAsync(_watcher, action, text.Replace("veiled", "absent", StringComparison.Ordinal));
            Assert.True(hidden.Status == absent.Status, $"{text} was answered {hidden.Status} {hidden.Text}");
            Assert.NotEqual(seen, hidden.Text);
            Assert.Equal(Told(absent.Text), Told(hidden.Text));
            // By another action the thing is there.
            Assert.Equal(HttpStatusCode.OK, (await AskAsync(_watcher, "other.action", text)).Status);
        }
    }

    [Fact]
    public async Task List_WithAThingThatIsNotThere_ShowsNothingOfIt()
    {
        foreach (var (action, text, mark) in s_many)
        {
            var (_, seen) = await AskAsync(_server.Admin, action, text);
            Assert.True(seen.Contains(mark, StringComparison.Ordinal), $"{text} does not show {mark}: {seen}");
            var (status, hidden) = await AskAsync(_watcher, action, text);
            Assert.True(status == HttpStatusCode.OK && !hidden.Contains(mark, StringComparison.Ordinal), $"{text} shows {mark}: {hidden}");
        }
    }

    [Fact]
    public async Task Follower_OfAThingThatIsNotThere_IsToldNothingOfIt()
    {
        foreach (var (action, target, last) in s_followed)
        {
            _watched.Unseen = action;
            Assert.Contains("veiled", await FollowAsync(_server.Admin, target, last), StringComparison.Ordinal);
            Assert.DoesNotContain("veiled", await FollowAsync(_watcher, target, last), StringComparison.Ordinal);
        }
    }

    /// <summary>The pages of what is shown are full, and no cursor between them names what is not.</summary>
    [Theory]
    [InlineData("key.list", "/keys?limit=1", 1)]
    [InlineData("workspace.list", "/workspaces?limit=1", 1)]
    [InlineData("stash.list", "/stashes?limit=1", 1)]
    [InlineData("schema.list", "/schemas?limit=1", 1)]
    [InlineData("stream.list", "/streams?limit=1", 1)]
    [InlineData("store.namespaces", "/store?limit=1", 1)]
    [InlineData("store.list", "/store/shelf?limit=1", 1)]
    [InlineData("discovery.list", "/discover?type=stash&limit=1", 1)]
    [InlineData("store.search", "/search/store?q=value&limit=1", 2)]
    public async Task Page_OfWhatIsShown_IsFilledBesideWhatIsNot(string action, string target, int veiled)
    {
        var shown = await ReadAllAsync(_server.Admin, action, target);
        var left = await ReadAllAsync(_watcher, action, target);
        Assert.All(shown.Pages.SkipLast(1), items => Assert.Equal(1, items));
        Assert.All(left.Pages.SkipLast(1), items => Assert.Equal(1, items));
        Assert.Contains("veiled", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("veiled", left.Text, StringComparison.Ordinal);
        Assert.Equal(shown.Pages.Sum() - veiled, left.Pages.Sum());
    }

    async Task MakeThingsAsync(HttpClient admin)
    {
        await admin.AskAsync("PUT /stash/veiled?discoverable=true\n\na text");
        await admin.AskAsync("PUT /stash/open?discoverable=true\nBaton-Sources: stash:veiled\n\na text");
        var log = await admin.AskAsync(
            "POST /stream\n\n{\"name\":\"veiled-log\",\"ttl\":600,\"discoverable\":true,\"linked_stash\":\"open\"}");
        await admin.AskAsync("POST /stream/veiled-log\n\n{\"data\":\"words\",\"label\":\"said\"}");
        await admin.AskAsync("POST /stream\n\n{\"name\":\"open-log\",\"ttl\":600}");
        var form = await admin.AskAsync("POST /schema\n\n{\"name\":\"veiled-form\",\"definition\":true}");
        await admin.AskAsync("POST /schema\n\n{\"name\":\"open-form\",\"definition\":true}");
        var key = await admin.AskAsync("POST /keys\n\n{\"name\":\"veiled\",\"role\":\"reader\"}");
        await admin.AskAsync("POST /keys\n\n{\"name\":\"open\",\"role\":\"reader\"}");
        var workspace = await admin.AskAsync("POST /workspaces\n\n{\"name\":\"veiled-space\"}");
        foreach (var place in (string[])["/store/shelf/veiled-key", "/store/veiled-shelf/key", "/state/planner/veiled-key"])
            await PutAsync(place);
        await MakeMoreAsync();
        foreach (var resource in (string[])
            [
                "stash:veiled", "stream:" + log.GetProperty("stream_id").GetString(),
                "schema:" + form.GetProperty("schema_id").GetString(), "key:" + key.GetProperty("key_id").GetString(),
                "workspace:" + workspace.GetProperty("workspace_id").GetString(), "store:shelf/veiled-key",
                "store:veiled-shelf/", "store:veiled-shelf/key", "state:planner/veiled-key",
            ])
            _watched.Veil(resource);

        // By name some come before what is veiled, and some after it; in time all.
        async Task MakeMoreAsync()
        {
            foreach (var place in (string[])["shelf/aside", "shelf/zest", "shelf/last", "open/last", "zest/last"])
                await PutAsync("/store/" + place);
            foreach (var name in (string[])["aside", "zest", "last"])
            {
                await PutAsync("/state/planner/" + name);
                await admin.AskAsync($"POST /stream\n\n{{\"name\":\"{name}\",\"ttl\":600}}");
                await admin.AskAsync($"POST /schema\n\n{{\"name\":\"{name}\",\"definition\":true}}");
                await admin.AskAsync($"POST /workspaces\n\n{{\"name\":\"{name}\"}}");
                await admin.AskAsync($"PUT /stash/{name}?discoverable=true\n\na text");
            }
        }

        Task PutAsync(string place) => admin.AskAsync($"PUT {place}\nContent-Type: application/json\n\n\"a value\"");
    }

    async Task<(HttpStatusCode Status, string Text)> AskAsync(HttpClient client, string action, string text)
    {
        _watched.Unseen = action;
        using var request = Requests.Parse(text);
        // An event stream has no end: what it begins with is enough.
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var isEndless = answer.Content.Headers.ContentType?.MediaType == "text/event-stream";
        return (answer.StatusCode, isEndless ? "" : await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>What an answer says, apart from the name of the thing and the trace.</summary>
    static string Told(string answer)
    {
        var told = answer.Replace("veiled", "absent", StringComparison.Ordinal);
        if (told.Length == 0 || !JsonElement.Parse(told).TryGetProperty("code", out var code)) return told;
        return $"{code} {(JsonElement.Parse(told).TryGetProperty("detail", out var detail) ? detail.GetString() : "")}";
    }

    static async Task<string> FollowAsync(HttpClient client, string target, string last)
    {
        var told = "";
        using var events = await SseReader.OpenAsync(client, target);
        while (await events.NextAsync() is { } item)
        {
            told += item.Data;
            if (item.Data?.Contains(last, StringComparison.Ordinal) == true) break;
        }

        return told;
    }

    async Task<(List<int> Pages, string Text)> ReadAllAsync(HttpClient client, string action, string target)
    {
        var (pages, told, next) = (new List<int>(), "", "");
        do
        {
            var (_, text) = await AskAsync(client, action, $"GET {target}{next}");
            var page = JsonElement.Parse(text);
            told += text;
            pages.Add(page.GetProperty("items").GetArrayLength());
            var cursor = page.GetProperty("next_cursor").GetString();
            if (cursor is not null) told += $" from {Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor))}";
            next = cursor is null ? "" : "&cursor=" + cursor;
        }
        while (next.Length > 0);
        return (pages, told);
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
