using System.Text.Json;
using Baton.Server.Platform.Reading.Pages;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Http;

/// <summary>The cursors of all lists: pasted into a URL as they are they lead on, in their list alone.</summary>
public sealed class CursorTests : IAsyncLifetime
{
    /// <summary>Every list, and the member that tells its items apart.</summary>
    static readonly (string Path, string Member)[] s_lists =
    [
        ("/keys?", "key_id"), ("/workspaces?", "name"), ("/stashes?", "name"), ("/streams?", "name"), ("/schemas?", "name"),
        ("/schema/a/versions?", "version"), ("/discover?", "name"), ("/store?", "namespace"), ("/store/n?", "key"), ("/state/planner?", "key"),
        ("/search/store?q=x&", "key"),
    ];

    /// <summary>What a URL cuts, splits, decodes or trims.</summary>
    static readonly string[] s_names = ["a%23", "b#L10", "c&limit=9", "d+e f", "g%2523", "h\u2028", "i/é?", "j;k=\"l\"", " ", "~"];

    TestServer _server = null!;
    World _world = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _world = await World.NewAsync(_server);
        foreach (var name in s_names)
        {
            var (key, json) = (Uri.EscapeDataString(name), "Content-Type: application/json\n\n\"x\"");
            await _world.Agent.AskAsync($"PUT /store/n?key={key}\n{json}");
            await _world.Agent.AskAsync($"PUT /store/{key}?key={key}\n{json}");
            await _world.Agent.AskAsync($"PUT /state/planner?key={key}\n{json}");
        }

        foreach (var name in (string[])["a", "b", "c"])
        {
            await _world.Agent.AskAsync($"PUT /stash/{name}?discoverable=true\n\nx");
            await _world.Agent.AskAsync($"POST /stream\n\n{{\"name\":\"{name}\",\"discoverable\":true}}");
            await _world.Agent.AskAsync($"POST /schema\n\n{{\"name\":\"{name}\",\"definition\":true}}");
            await _world.Agent.AskAsync($"POST /schema\n\n{{\"name\":\"a\",\"definition\":{{\"title\":\"{name}\"}}}}");
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void Lists_OfTheTable_AreAllThatTheServerHas() => Assert.Equal(
        _server.Routes.Count(route => route.Spec.Query.Any(parameter => parameter.Name == "cursor")), s_lists.Length);

    [Fact]
    public async Task Cursor_OfEveryList_LeadsThroughAllOfItAsItIs()
    {
        foreach (var (path, member) in s_lists)
        {
            var whole = (await PageAsync(path, limit: 1000)).GetProperty("items").EnumerateArray();
            var items = new List<string>();
            string? next = "";
            while (next is not null && items.Count <= 100)
            {
                var page = await PageAsync(path, limit: 1, next);
                items.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(member).GetRawText()));
                next = page.GetProperty("next_cursor").GetString();
                Assert.Matches("^[A-Za-z0-9_-]+$", next ?? "end");
            }

            Assert.Equal(whole.Select(item => item.GetProperty(member).GetRawText()), items);
            Assert.True(items.Count >= 2, $"{path} has {items.Count} items.");
        }
    }

    [Fact]
    public async Task Cursor_OfAnotherListOrNone_IsRefused()
    {
        var cursors = new List<string>();
        foreach (var (path, _) in s_lists) cursors.Add((await PageAsync(path, limit: 1)).GetProperty("next_cursor").GetString()!);
        cursors.AddRange([ListCursor.Of("store.list/m", "a"), "a", "1", "stash:a", "", new string('A', 1401), "AAAA", "%2E", "a%0Ab", cursors[0] + "%3D", cursors[0] + "%20"]);
        for (var list = 0; list < s_lists.Length; list++)
        {
            for (var other = 0; other < cursors.Count; other++)
            {
                if (other != list) await ExpectRefusedAsync(s_lists[list].Path, cursors[other]);
            }
        }
    }

    [Theory]
    [InlineData("/stashes?", "stash.list", "\0")]
    [InlineData("/search/store?q=x&", "store.search", "n")]
    [InlineData("/search/store?q=x&", "store.search", "n\na\nb")]
    [InlineData("/discover?", "discovery.list", "stash")]
    [InlineData("/schema/a/versions?", "schema.versions/a", "x")]
    public Task Cursor_WrittenByHandOfNoForm_IsRefused(string path, string list, string place) =>
        ExpectRefusedAsync(path, ListCursor.Of(list, place));

    [Theory]
    [InlineData("/store?", "store.namespaces")]
    [InlineData("/search/store?q=x&", "store.search")]
    public async Task Cursor_WrittenByHand_ShowsNoState(string path, string list)
    {
        foreach (var place in (string[])["\u0001planner\n", "\u0001", "\u0001planner"])
        {
            using var answer = await _world.Agent.GetAsync($"{path}limit=1000&cursor={ListCursor.Of(list, place)}", Cancellation);
            Assert.DoesNotContain("planner", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    async Task ExpectRefusedAsync(string path, string cursor)
    {
        using var answer = await Client(path).GetAsync($"{path}cursor={cursor}", Cancellation);
        await Problems.CheckAsync(answer, "request.invalid");
        var error = Assert.Single((await World.JsonOf(answer)).GetProperty("errors").EnumerateArray());
        Assert.Equal("query:cursor", error.GetProperty("pointer").GetString());
        Assert.Contains("must be `next_cursor` of a page of this list", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    Task<JsonElement> PageAsync(string path, int limit, string cursor = "") =>
        Client(path).AskAsync($"GET {path}limit={limit}{(cursor.Length > 0 ? "&cursor=" + cursor : "")}");

    HttpClient Client(string path) => path == "/workspaces?" ? _world["server"] : _world["admin"];
}
