using System.Net.Http.Json;
using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Server.Features.Store.Claims;
using Baton.Server.Features.Store.Claims.Indexes;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Basics.Inputs;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Store.Claims;

/// <summary>What can be claimed is given to whoever can take it, whatever happens to the others in the line.</summary>
public sealed class ClaimQueueTests : IAsyncLifetime
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    readonly TestTime _time = new();
    TestServer _server = null!;
    World _world = null!;

    HttpClient Agent => _world.Agent;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(time: _time);
        _world = await World.NewAsync(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Waiters_ThatFailLeaveOrTimeOut_NeverKeepARecordFromTheNext()
    {
        await PutAsync("a", """{"status":"done"}""");
        var random = new Random(20260413);
        for (var round = 0; round < 40; round++)
        {
            using var leaving = new CancellationTokenSource();
            var others = new List<Task<HttpResponseMessage>>();
            for (var count = random.Next(1, 6); count > 0; count--)
                others.Add(await WaitAsync("/no/where", random.Next(2) == 0 ? leaving.Token : Cancellation));
            var next = await WaitAsync("/by");
            var leave = random.Next(3) switch
            {
                0 => Task.CompletedTask,
                1 => Task.Run(leaving.Cancel, Cancellation),
                _ => leaving.CancelAsync(),
            };
            await PutAsync($"task-{round}", """{"status":"pending"}""");
            Assert.Equal([$"task-{round}"], await KeysOfAsync(await next.WaitAsync(s_patience, Cancellation)));

            // Those that were not woken for it end with the round.
            await leave;
            await PutAsync($"bad-{round}", """{"status":"pending"}""");
            foreach (var other in others) await EndAsync(other);
            await Agent.AskAsync($"DELETE /store/jobs/bad-{round}");
        }
    }

    [Fact]
    public async Task Caller_ThatLeavesBeforeAShapeIsBuilt_LeavesItToTheOthers()
    {
        await PutAsync("a", """{"status":"pending"}""");
        var builder = new ClaimBuilder(
            _server.Parts.Database, new RecordFinder(_server.Parts.Readers, _server.Parts.Clock), _server.Parts.Runner,
            _server.Parts.Reading.Time, _server.Parts.Background, _server.Parts.Stopping);
        var namespaceKey = new NamespaceKey(_world.WorkspaceId, "jobs");
        var match = ClaimMatch.Of(
            "", new Dictionary<string, JsonElement> { ["/status"] = JsonElement.Parse("\"pending\"") }, new InputErrors());
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        for (var attempt = 0; attempt < 20; attempt++)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                async () => await builder.BuildAsync(namespaceKey, match, gone.Token));
        Assert.Null(await builder.BuildAsync(namespaceKey, match, Cancellation));
    }

    [Theory]
    [InlineData(1, "1")]
    [InlineData(40, "1")]
    [InlineData(700, "[\"pending\"]")]
    public async Task Records_ThatDoNotTakeSet_ArePassedByAndNamed(int count, string unfit)
    {
        await PutManyAsync(count, number => $"\"bad-{number:d4}\":{unfit}");
        await PutAsync("good", """{"status":"pending"}""");
        var before = _world.Head;
        var claimed = await Agent.AskAsync("POST /store/jobs/claim\n\n" + """{"set":{"/status":"mine"},"lease_seconds":60,"limit":3}""");
        Assert.Equal("good", Assert.Single(claimed.GetProperty("items").EnumerateArray()).GetProperty("key").GetString());
        var skipped = claimed.GetProperty("skipped").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, Math.Min(count, 10)).Select(number => $"bad-{number:d4}"), skipped.Select(item => item.GetProperty("key").GetString()));
        Assert.All(skipped, item => Assert.Equal("store.type_mismatch", item.GetProperty("code").GetString()));
        Assert.All(skipped, item => Assert.NotEmpty(item.GetProperty("detail").GetString()!));
        Assert.Equal(["store.claim store:jobs/good v2"], await _world.EntriesAsync(before));
    }

    [Fact]
    public async Task Records_OfWhichNoneTakesSet_FailTheClaimWithTheirNumber()
    {
        await PutManyAsync(30, number => $"\"bad-{number:d4}\":1");
        using var refused = await Agent.SendAsync("POST /store/jobs/claim\n\n" + """{"set":{"/status":"mine"},"lease_seconds":60}""");
        await Problems.CheckAsync(refused, ErrorCodes.StoreTypeMismatch.Code);
        var text = await refused.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("store:jobs/bad-0000 cannot be claimed so", text, StringComparison.Ordinal);
        Assert.Contains("29 more", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_MoreThanAreLookedAt_FailTheClaim()
    {
        await PutManyAsync(1800, number => $"\"bad-{number:d4}\":1");
        await PutAsync("good", "{}");
        using var refused = await Agent.SendAsync("POST /store/jobs/claim\n\n" + """{"set":{"/status":"mine"},"lease_seconds":60}""");
        await Problems.CheckAsync(refused, ErrorCodes.StoreTypeMismatch.Code);
        Assert.NotEmpty((await Agent.AskAsync("POST /store/jobs/claim\n\n{\"lease_seconds\":60}")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Claim_ThatSetsMuchInMany_GivesAsMuchAsAnAnswerHolds()
    {
        const int Large = 1_000_000;
        await PutManyAsync(100, number => $"\"{number:d4}\":{{}}");
        var claimed = await ClaimLargeAsync();
        Assert.InRange(claimed, 3, 5);
        Assert.InRange(await ClaimLargeAsync(), 3, 5);
        Assert.Equal(100 - claimed - claimed, (await Agent.AskAsync(
            "POST /store/jobs/claim\n\n{\"lease_seconds\":60,\"limit\":100}")).GetProperty("items").GetArrayLength());

        async Task<int> ClaimLargeAsync()
        {
            using var answer = await Agent.PostAsJsonAsync(
                "/store/jobs/claim", new
                {
                    set = new Dictionary<string, string> { ["/text"] = new string('x', Large) },
                    lease_seconds = 60,
                    limit = 100,
                }, Cancellation);
            var body = await answer.Content.ReadAsByteArrayAsync(Cancellation);
            Assert.InRange(body.Length, Large, 6 * Large);
            return JsonElement.Parse(body).GetProperty("items").GetArrayLength();
        }
    }

    /// <summary>A claim that waits in the line; it sets one place.</summary>
    async Task<Task<HttpResponseMessage>> WaitAsync(string place, CancellationToken? cancellation = null)
    {
        var looks = _time.NextReading();
        var waiting = Agent.PostAsync(
            "/store/jobs/claim", JsonContent.Create(new
            {
                match = new Dictionary<string, string> { ["/status"] = "pending" },
                set = new Dictionary<string, string> { [place] = "x" },
                lease_seconds = 600,
                wait = 60,
            }), cancellation ?? Cancellation);
        await looks.WaitAsync(s_patience, Cancellation);
        return waiting;
    }

    static async Task<IEnumerable<string>> KeysOfAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var claimed = await World.JsonOf(answer);
            Assert.True(answer.IsSuccessStatusCode, claimed.GetRawText());
            return [.. claimed.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("key").GetString()!)];
        }
    }

    /// <summary>One that cannot take what is there: refused, or gone.</summary>
    static async Task EndAsync(Task<HttpResponseMessage> waiting)
    {
        try
        {
            using var refused = await waiting.WaitAsync(s_patience, Cancellation);
            await Problems.CheckAsync(refused, "store.type_mismatch");
        }
        catch (OperationCanceledException)
        {
            // It went away.
        }
    }

    async Task PutManyAsync(int count, Func<int, string> member)
    {
        foreach (var part in Enumerable.Range(0, count).Chunk(900))
            await Agent.AskAsync($"POST /store/jobs\n\n{{\"set\":{{{string.Join(',', part.Select(member))}}}}}");
    }

    Task<JsonElement> PutAsync(string key, string json) =>
        Agent.AskAsync($"PUT /store/jobs/{key}\nContent-Type: application/json\n\n{json}");
}
