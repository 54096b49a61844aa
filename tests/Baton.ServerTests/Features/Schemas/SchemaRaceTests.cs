using System.Net;
using System.Text.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Schemas;

/// <summary>Many at once: nothing unchecked is ever stored, and nothing that is used is ever deleted.</summary>
public sealed class SchemaRaceTests : IAsyncLifetime
{
    TestServer _server = null!;
    World _world = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(options => options with { StashVersions = 100 });
        _world = await World.NewAsync(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Writers_WhileOthersBindAndUnbind_StoreNothingUnchecked()
    {
        var numbers = await RegisterAsync("number", """{"type":"number"}""");
        var texts = await RegisterAsync("text", """{"type":"string"}""");
        var kinds = new Dictionary<string, JsonValueKind> { [numbers] = JsonValueKind.Number, [texts] = JsonValueKind.String };
        string[] sends =
        [
            $"PUT /stash/a?schema_id={numbers}\n\n1", $"PUT /stash/a?schema_id={texts}\n\n\"x\"", "PUT /stash/a?schema_id=\n\nfree",
            "PUT /stash/a\n\n2", "PUT /stash/a\n\n\"y\"", "PUT /stash/a\n\nfree text", "PUT /stash/a\n\ntrue", "PATCH /stash/a/append\n\n3", "PATCH /stash/a/append\n\n ",
            "PATCH /stash/a/append\n\nz", "PATCH /stash/a/replace\n\n{\"old\":\"1\",\"new\":\"12\"}", "DELETE /stash/a",
        ];
        var (boundAt, refused) = (new Dictionary<long, string>(), 0);
        for (var round = 0; round < 20; round++)
        {
            // Some of each at a time, and then what is kept of that round is looked at.
            string[] order = [.. sends, .. sends, .. sends];
            new Random(round).Shuffle(order);
            var answers = await Task.WhenAll(order.Select(SendAsync));
            foreach (var (status, body) in answers)
            {
                Assert.Contains(status, new[] { HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.NotFound, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Conflict });
                if (status == HttpStatusCode.UnprocessableEntity) refused++;
                if (body.TryGetProperty("schema_id", out var bound) && bound.GetString() is { } id)
                    boundAt[body.GetProperty("version").GetInt64()] = id;
            }

            await CheckKeptAsync(boundAt, kinds);
        }

        Assert.True(refused > 20, $"Only {refused} were refused.");
        Assert.True(boundAt.Count > 20, $"Only {boundAt.Count} versions were bound.");
    }

    [Fact]
    public async Task Deletion_WhileOthersBind_IsEitherBeforeOrRefused()
    {
        var (deleted, bound) = (0, 0);
        for (var round = 0; round < 40; round++)
        {
            var id = await RegisterAsync($"s{round}", "true");
            string Bind(int number) => $"PUT /stash/s{round}.{number}?schema_id={id}\n\n1";
            // Before the others, together with them, or when one of them is there: the lane decides who is first.
            var early = round % 3 == 0 ? SendAsync($"DELETE /schema/{id}") : null;
            Task<(HttpStatusCode, JsonElement)>[] first = [SendAsync(Bind(0)), SendAsync(Bind(1))];
            if (round % 3 == 1) await Task.WhenAny(first);
            var deletion = early ?? SendAsync($"DELETE /schema/{id}");
            (HttpStatusCode Status, JsonElement)[] bindings = await Task.WhenAll([.. first, SendAsync(Bind(2)), SendAsync(Bind(3))]);
            var isDeleted = (await deletion).Status == HttpStatusCode.OK;
            if (isDeleted) Assert.All(bindings, answer => Assert.Equal(HttpStatusCode.NotFound, answer.Status));
            else Assert.Contains(bindings, answer => answer.Status == HttpStatusCode.Created);
            using var read = await _world.Agent.SendAsync($"GET /schema/{id}");
            Assert.Equal(isDeleted ? HttpStatusCode.NotFound : HttpStatusCode.OK, read.StatusCode);
            if (isDeleted) deleted++;
            else bound++;
        }

        Assert.True(deleted > 0 && bound > 0, $"{deleted} were deleted, {bound} were bound first: no race.");
    }

    [Fact]
    public async Task Registration_OfManyVersionsAtOnce_CountsEachOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(number => _world.Agent.AskAsync(
            $"POST /schema\n\n{{\"name\":\"n\",\"definition\":{{\"maximum\":{number}}},\"compatibility\":\"none\"}}")));
        Assert.Equal(Enumerable.Range(1, 24), answers.Select(answer => answer.GetProperty("version").GetInt32()).Order());
        var newest = await _world.Agent.AskAsync("GET /schema/n");
        Assert.Equal(24, newest.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Registration_OfTheSameAtOnce_MakesOneVersion()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ =>
            SendAsync("POST /schema\n\n{\"name\":\"n\",\"definition\":{\"type\":\"string\"}}")));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Single(answers.Select(answer => answer.Body.GetProperty("schema_id").GetString()).Distinct());
        Assert.Single(answers.Select(answer => answer.Body.GetProperty("seq").GetInt64()).Distinct());
    }

    [Fact]
    public async Task Registration_OfIncompatibleVersionsAtOnce_AcceptsOneChain()
    {
        // Each takes one type more than another one: which are compatible depends on which comes first.
        string[] types = ["\"string\"", "[\"string\",\"null\"]", "[\"string\",\"null\",\"boolean\"]", "[\"string\",\"integer\"]", "[\"integer\"]"];
        await Task.WhenAll(types.Concat(types).Select(type =>
            SendAsync($"POST /schema\n\n{{\"name\":\"n\",\"definition\":{{\"type\":{type}}}}}")));
        var versions = (await _world.Agent.AskAsync("GET /schema/n/versions")).GetProperty("items").EnumerateArray().Reverse().ToList();
        var before = new HashSet<string>();
        foreach (var version in versions)
        {
            var read = await _world.Agent.AskAsync($"GET /schema/{version.GetProperty("schema_id").GetString()}");
            var taken = read.GetProperty("definition").GetProperty("type");
            HashSet<string> now = taken.ValueKind == JsonValueKind.String ? [taken.GetString()!] : [.. taken.EnumerateArray().Select(one => one.GetString()!)];
            Assert.True(before.IsSubsetOf(now), $"{string.Join(',', now)} refuses what {string.Join(',', before)} takes");
            before = now;
        }
    }

    [Fact]
    public async Task Append_ByManyToABoundStash_LosesNothing()
    {
        var id = await RegisterAsync("log", """{"type":"number"}""");
        await _world.Agent.AskAsync($"PUT /stash/log?schema_id={id}\n\n1");
        await Task.WhenAll(Enumerable.Range(0, 48).Select(_ => _world.Agent.AskAsync("PATCH /stash/log/append\n\n7")));
        Assert.Equal("1" + new string('7', 48), await _world.Agent.GetStringAsync("/stash/log", Cancellation));
    }

    async Task CheckKeptAsync(Dictionary<long, string> boundAt, Dictionary<string, JsonValueKind> kinds)
    {
        using var kept = await _world.Agent.SendAsync("GET /stash/a/versions");
        if (kept.StatusCode == HttpStatusCode.NotFound) return;
        foreach (var item in (await World.JsonOf(kept)).GetProperty("items").EnumerateArray())
        {
            var version = item.GetProperty("version").GetInt64();
            if (!boundAt.TryGetValue(version, out var schema)) continue;
            var content = await _world.Agent.GetStringAsync($"/stash/a?version={version}", Cancellation);
            Assert.True(
                IsOf(kinds[schema], content), $"Version {version} is bound to a schema of {kinds[schema]}, and holds {content}");
        }
    }

    static bool IsOf(JsonValueKind kind, string content)
    {
        try
        {
            return JsonElement.Parse(content).ValueKind == kind;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    async Task<string> RegisterAsync(string name, string definition) =>
        (await _world.Agent.AskAsync($"POST /schema\n\n{{\"name\":\"{name}\",\"definition\":{definition}}}")).GetProperty("schema_id").GetString()!;

    async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string send)
    {
        using var answer = await _world.Agent.SendAsync(send);
        return (answer.StatusCode, await World.JsonOf(answer));
    }
}
