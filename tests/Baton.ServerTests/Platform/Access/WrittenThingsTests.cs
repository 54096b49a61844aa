using System.Text.Json.Nodes;
using Baton.Server;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Access;

/// <summary>Whatever narrows who may write a thing, every write asks it, by its own action, before it does anything.</summary>
public sealed class WrittenThingsTests : IAsyncLifetime
{
    readonly WatchedTypes _watched = new();
    TestServer _server = null!;
    World _world = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(types: _watched.Types);
        _world = await World.NewAsync(_server);
        await _world["admin"].AskAsync("PUT /stash/a\n\na");
        _world["server"].DefaultRequestHeaders.Add("Baton-Agent", WatchedTypes.Watcher);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Write_OfTheRouteTable_IsRefusedWhereTheThingMayNotBeWritten()
    {
        foreach (var route in _server.Routes.Where(route => route.Spec.IsWrite))
        {
            _watched.Asked.Clear();
            _watched.Unwritten = route.Spec.Action;
            var before = _world.Head;
            using var answer = await _world["server"].SendAsync(_world.Fill(Samples.Of(route)));
            await Problems.CheckAsync(answer, "access.denied");
            var resource = Assert.Single(_watched.Asked.Distinct());
            // The evidence names what was asked; of what may be a secret of the caller's, to nobody else.
            var entry = Assert.Single(await _world.EntriesAsync(before));
            var isSecret = resource.EndsWith("/watcher", StringComparison.Ordinal);
            Assert.Equal(isSecret ? "hidden" : $"{route.Spec.Action} {resource} by watcher refused access.denied", entry);
        }
    }

    [Fact]
    public async Task Operation_OfATransaction_IsRefusedWhereTheThingMayNotBeWritten()
    {
        var document = JsonNode.Parse(await _server.Admin.GetStringAsync("/openapi/v1.json", Cancellation))!;
        var schemas = document["components"]!["schemas"]!;
        var items = schemas["TransactionRequest"]!["properties"]!["operations"]!["items"]!;
        foreach (var (name, reference) in items["discriminator"]!["mapping"]!.AsObject())
        {
            _watched.Unwritten = name;
            var operation = SampleOf(name, schemas[((string)reference!).Split('/')[^1]]!);
            var request = new JsonObject { ["operations"] = new JsonArray(operation) };
            using var answer = await _world["server"].SendAsync($"POST /transaction\n\n{request.ToJsonString()}");
            await Problems.CheckAsync(answer, "access.denied");
        }
    }

    [Fact]
    public async Task Resource_OfEveryWrite_IsOfADeclaredType()
    {
        var types = BatonFeatures.Types.All.Select(type => type.Name).ToHashSet();
        foreach (var route in _server.Routes.Where(route => route.Spec.IsWrite))
        {
            _watched.Asked.Clear();
            _watched.Unwritten = route.Spec.Action;
            using var answer = await _world["server"].SendAsync(_world.Fill(Samples.Of(route)));
            Assert.All(_watched.Asked, resource => Assert.Contains(resource.Split(':')[0], types));
        }
    }

    /// <summary>The smallest request of an operation: what has no default, and something to do.</summary>
    static JsonObject SampleOf(string name, JsonNode schema)
    {
        var sample = new JsonObject { ["op"] = name };
        var members = schema["properties"]!.AsObject();
        foreach (var member in schema["required"]!.AsArray().Select(member => (string)member!).Where(member => member != "op"))
            sample[member] = (string?)members[member]!["type"] is "string" ? "a" : 1;
        if (members.ContainsKey("content")) sample["content"] = "a";
        if (members.ContainsKey("set")) sample["set"] = new JsonObject { ["/a"] = 1 };
        return sample;
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
