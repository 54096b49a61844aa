using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Store.Claims;

/// <summary>Claims that are held: what ends them, and that each record has one holder.</summary>
public sealed class ClaimTests : IAsyncLifetime
{
    const string Pending = """{"match":{"/status":"pending"},"set":{"/status":"processing"},"lease_seconds":60}""";

    readonly TestTime _time = new();
    TestServer _server = null!;
    World _world = null!;

    HttpClient Agent => _world.Agent;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(time: _time);
        _world = await World.NewAsync(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Complete_Held_WritesRecordAndCounterInOneCommit()
    {
        await PutAsync("meta", """{"total":2,"completed":0}""");
        var claim = await ClaimNewAsync("a", """{"status":"pending","item":1.0}""");
        var before = _world.Head;
        var done = await Agent.AskAsync($$$"""
            POST /claim/{{{claim}}}/complete

            {"set":{"/status":"complete","/result":[1]},"increment":{"key":"meta","pointer":"/completed","by":1}}
            """);
        Assert.Equal("""{"status":"complete","item":1.0,"result":[1]}""", done.GetProperty("value").GetRawText());
        Assert.Equal("""{"total":2,"completed":1}""", done.GetProperty("counter").GetProperty("value").GetRawText());
        Assert.Equal(before + 2, done.GetProperty("seq").GetInt64());
        Assert.Equal(["store.complete store:jobs/a v3", "store.patch store:jobs/meta v2"], await _world.EntriesAsync(before));
        Assert.False((await Agent.AskAsync("GET /store/jobs/a?full=true")).TryGetProperty("claim", out _));
        await LostAsync(claim);
    }

    [Fact]
    public async Task Complete_WhereTheCounterCannotCount_ChangesNothing()
    {
        await PutAsync("meta", """{"completed":"none"}""");
        var claim = await ClaimNewAsync("a", """{"status":"pending"}""");
        foreach (var (increment, code) in ((string, string)[])
            [
                ("""{"key":"meta","pointer":"/completed","by":1}""", "store.type_mismatch"), ("""{"key":"no","pointer":"/n","by":1}""", "store.not_found"),
            ])
        {
            using var answer = await Agent.SendAsync($$$"""
                POST /claim/{{{claim}}}/complete

                {"set":{"/status":"complete"},"increment":{{{increment}}}}
                """);
            await Problems.CheckAsync(answer, code);
        }

        Assert.Equal("""{"status":"processing"}""", (await Agent.AskAsync("GET /store/jobs/a")).GetRawText());
        await Agent.AskAsync($"POST /claim/{claim}/complete\n\n{{}}");
    }

    [Fact]
    public async Task Complete_SentAgainWithItsKey_IsAnsweredAlike()
    {
        await PutAsync("n", "0");
        var claim = await ClaimNewAsync("a", """{"status":"pending"}""");
        var send = $$$"""
            POST /claim/{{{claim}}}/complete
            Idempotency-Key: k

            {"increment":{"key":"n","pointer":"","by":1}}
            """.ReplaceLineEndings("\n");
        var first = await Agent.AskAsync(send);
        Assert.Equal(first.GetRawText(), (await Agent.AskAsync(send)).GetRawText());
        Assert.Equal("1", (await Agent.AskAsync("GET /store/jobs/n")).GetRawText());
    }

    [Fact]
    public async Task Complete_OfTheCounterItself_DoesBoth()
    {
        var claim = await ClaimNewAsync("a", """{"status":"pending","tries":1}""");
        var done = await Agent.AskAsync($$$"""
            POST /claim/{{{claim}}}/complete

            {"set":{"/status":"complete"},"increment":{"key":"a","pointer":"/tries","by":1}}
            """);
        Assert.Equal("""{"status":"complete","tries":2}""", done.GetProperty("value").GetRawText());
        Assert.Equal(4, done.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task Release_Held_PutsBackWhatNobodyTouched()
    {
        await PutAsync("a", """{"status":"pending","old":1,"touched":1,"list":[1,2]}""");
        var claim = IdOf(await Agent.AskAsync("POST /store/jobs/claim\n\n"
            + """{"match":{"/status":"pending"},"set":{"/status":"processing","/new":{"by":"me"},"/touched":2,"/list/1":3,"/old":1},"lease_seconds":60}"""));
        await Agent.AskAsync("PATCH /store/jobs/a\n\n" + """{"set":{"/touched":3,"/other":true}}""");
        var before = _world.Head;
        var back = await Agent.AskAsync($"POST /claim/{claim}/release");
        Assert.Equal("""{"status":"pending","old":1,"touched":3,"list":[1,2],"other":true}""", back.GetProperty("value").GetRawText());
        Assert.Equal(["store.release store:jobs/a v4"], await _world.EntriesAsync(before));
        await LostAsync(claim);
        Assert.NotEqual(claim, await ClaimAsync());
    }

    [Fact]
    public async Task Lease_Ended_GivesTheRecordToTheNextInTheOldOrder()
    {
        await PutAsync("b", """{"status":"pending"}""");
        await PutAsync("a", """{"status":"pending"}""");
        var first = await Agent.AskAsync($"POST /store/jobs/claim\n\n{Pending}");
        var before = _world.Head;
        var expired = Agent.AskAsync($"GET /events?after={before}&wait=60");
        await _server.AdvanceAsync(TimeSpan.FromSeconds(61));
        await expired;
        Assert.Equal(["store.lease_expired store:jobs/b v3 by system"], await _world.EntriesAsync(before));
        var second = await Agent.AskAsync($"POST /store/jobs/claim\n\n{Pending}");
        Assert.Equal("b", KeyOf(second));
        Assert.True(FenceOf(second) > FenceOf(first));
        await LostAsync(IdOf(first));
        await Agent.AskAsync($"POST /claim/{IdOf(second)}/complete\n\n{{}}");
    }

    [Fact]
    public async Task Lease_OverButNotYetSwept_IsLost()
    {
        var claim = await ClaimNewAsync("a", """{"status":"pending"}""");
        // The due worker is busy with something else until all is looked at: it does not come to the lease.
        await using var busy = await BusyDueWorker.MakeAsync(_server, _world);
        _time.Pass(TimeSpan.FromSeconds(61));
        await LostAsync(claim);
        Assert.False((await Agent.AskAsync("GET /store/jobs/a?full=true")).TryGetProperty("claim", out _));
    }

    [Fact]
    public async Task Lease_Renewed_LastsFromThen()
    {
        var claim = await ClaimNewAsync("a", """{"status":"pending"}""");
        _time.Pass(TimeSpan.FromSeconds(50));
        var before = _world.Head;
        var renewed = await Agent.AskAsync($"POST /claim/{claim}/renew\n\n{{\"lease_seconds\":60}}");
        Assert.Equal(claim, renewed.GetProperty("claim_id").GetString());
        Assert.False(renewed.TryGetProperty("seq", out _));
        Assert.Equal(before, _world.Head);
        _time.Advance(TimeSpan.FromSeconds(59));
        await Agent.AskAsync($"POST /claim/{claim}/renew\n\n{{\"lease_seconds\":1}}");
        await Agent.AskAsync($"POST /claim/{claim}/complete\n\n{{}}");
    }

    [Theory]
    [InlineData("DELETE /store/jobs/a")]
    [InlineData("POST /store/jobs/clear")]
    [InlineData("POST /store/jobs\n\n{\"delete\":[\"a\"]}")]
    public async Task Claim_OfARecordThatIsDeleted_Ends(string deletion)
    {
        var claim = await ClaimNewAsync("a", """{"status":"pending"}""");
        await Agent.AskAsync(deletion);
        await LostAsync(claim);
        // One of the same name is another: it can be claimed at once, and the old claim does not reach it.
        await PutAsync("a", """{"status":"pending"}""");
        var next = await ClaimAsync();
        await LostAsync(claim);
        _time.Advance(TimeSpan.FromSeconds(30));
        await Agent.AskAsync($"POST /claim/{next}/complete\n\n{{}}");
    }

    [Fact]
    public async Task Wait_UntilSomethingCanBeClaimed_AnswersWithIt()
    {
        // Also where the namespace is not there yet.
        foreach (var key in new[] { "first", "second" })
        {
            var looked = _server.NextWait();
            var waiting = ClaimAndWaitAsync();
            await Task.WhenAny(looked, waiting);
            await PutAsync("other-" + key, """{"status":"done"}""");
            await PutAsync(key, """{"status":"pending"}""");
            Assert.Equal(key, KeyOf(await waiting));
        }
    }

    [Fact]
    public async Task Wait_InVain_IsAnsweredEmptyInTheEnd()
    {
        await PutAsync("a", """{"status":"done"}""");
        var looked = _server.NextWait();
        var waiting = Agent.AskAsync($"POST /store/jobs/claim\n\n{Pending.Replace("60}", "60,\"wait\":1}", StringComparison.Ordinal)}");
        await Task.WhenAny(looked, waiting);
        _time.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(0, (await waiting).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Claimers_OfManyRecords_GetEachOnce()
    {
        const int Records = 200;
        var set = string.Join(',', Enumerable.Range(0, Records).Select(number => $$"""  "{{number}}":{"status":"pending"}"""));
        await Agent.AskAsync($"POST /store/jobs\n\n{{\"set\":{{{set}}}}}");
        var claimed = new ConcurrentBag<(string Key, long Fence)>();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            while (true)
            {
                var body = Pending.Replace("60}", $"60,\"limit\":{1 + (worker % 3)}}}", StringComparison.Ordinal);
                var items = (await Agent.AskAsync($"POST /store/jobs/claim\n\n{body}")).GetProperty("items");
                if (items.GetArrayLength() == 0) return;
                foreach (var item in items.EnumerateArray())
                {
                    claimed.Add((item.GetProperty("key").GetString()!, item.GetProperty("fence").GetInt64()));
                    var done = await Agent.AskAsync(
                        $"POST /claim/{item.GetProperty("claim_id").GetString()}/complete\n\n" + """{"set":{"/status":"complete"}}""");
                    Assert.Equal("complete", done.GetProperty("value").GetProperty("status").GetString());
                }
            }
        })));
        Assert.Equal(Records, claimed.Count);
        Assert.Equal(Records, claimed.Select(item => item.Key).Distinct().Count());
        // The oldest first: fences grow as the keys were written.
        Assert.Equal(
            Enumerable.Range(0, Records).Select(number => number.ToString(CultureInfo.InvariantCulture)),
            claimed.OrderBy(item => item.Fence).Select(item => item.Key));
        Assert.True((await Agent.AskAsync("GET /ledger/verify")).GetProperty("intact").GetBoolean());
    }

    [Fact]
    public async Task Index_ThatWasLost_IsBuiltAnewOnFirstUse()
    {
        const int Records = 1200;
        var directory = Directory.CreateTempSubdirectory("baton-test-").FullName;
        await using (var server = await TestServer.StartAsync(directory: directory))
        {
            for (var start = 0; start < Records; start += 400)
            {
                var set = string.Join(',', Enumerable.Range(start, 400).Select(number => $$"""  "{{number}}":{"status":"pending"}"""));
                await server.Admin.AskAsync($"POST /store/jobs\n\n{{\"set\":{{{set}}}}}");
            }

            await server.Admin.AskAsync($"POST /store/jobs/claim\n\n{Pending}");
        }

        using (var connection = Backend.OpenDatabaseOf(directory))
        {
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM store_claimable";
            Assert.Equal(Records - 1, command.ExecuteNonQuery());
            command.CommandText = "UPDATE store_namespace SET claim_shapes = NULL";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        await using (var server = await TestServer.StartAsync(directory: directory))
        {
            var claimed = new List<string>();
            while (claimed.Count < Records - 1)
            {
                var items = (await server.Admin.AskAsync($"POST /store/jobs/claim\n\n{Pending.Replace("60}", "60,\"limit\":100}", StringComparison.Ordinal)}")).GetProperty("items");
                Assert.NotEqual(0, items.GetArrayLength());
                claimed.AddRange(items.EnumerateArray().Select(item => item.GetProperty("key").GetString()!));
            }

            Assert.Equal(Enumerable.Range(1, Records - 1).Select(number => number.ToString(CultureInfo.InvariantCulture)), claimed);
        }

        Directory.Delete(directory, recursive: true);
        Backend.Drop(directory);
    }

    [Fact]
    public async Task Claim_OfANewShapeWhileOthersWrite_FindsEveryRecord()
    {
        const int Records = 1200;
        for (var start = 0; start < Records; start += 400)
        {
            var set = string.Join(',', Enumerable.Range(start, 400).Select(number => $$$"""  "{{{number}}}":{"status":"new","n":{{{number}}}}"""));
            await Agent.AskAsync($"POST /store/jobs\n\n{{\"set\":{{{set}}}}}");
        }

        // Every record becomes pending while the index is being built.
        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var number = writer; number < Records; number += 8)
                await Agent.AskAsync($"PATCH /store/jobs/{number}\n\n" + """{"set":{"/status":"pending"}}""");
        })));
        var claimed = new HashSet<string>();
        while (claimed.Count < Records)
        {
            var isWritten = writing.IsCompleted;
            var items = (await Agent.AskAsync($"POST /store/jobs/claim\n\n{Pending.Replace("60}", "60,\"limit\":100}", StringComparison.Ordinal)}")).GetProperty("items");
            foreach (var item in items.EnumerateArray()) Assert.True(claimed.Add(item.GetProperty("key").GetString()!));
            Assert.False(isWritten && items.GetArrayLength() == 0, $"Only {claimed.Count} of {Records} were found.");
        }

        await writing;
    }

    [Fact]
    public async Task Wait_OfManyForFew_WakesOneForEach()
    {
        await PutAsync("a", """{"status":"done"}""");
        var waiters = new List<Task<JsonElement>>();
        for (var number = 0; number < 8; number++)
        {
            var looks = _server.NextWait();
            waiters.Add(ClaimAndWaitAsync());
            await Task.WhenAny(looks, waiters[^1]);
        }

        for (var number = 1; number <= 8; number++)
        {
            await PutAsync($"task-{number}", """{"status":"pending"}""");
            var first = await Task.WhenAny(waiters);
            waiters.Remove(first);
            Assert.Equal($"task-{number}", KeyOf(await first));
        }
    }

    async Task<JsonElement> ClaimAndWaitAsync() =>
        await Agent.AskAsync($"POST /store/jobs/claim\n\n{Pending.Replace("60}", "60,\"wait\":60}", StringComparison.Ordinal)}");

    async Task<string> ClaimNewAsync(string key, string json)
    {
        await PutAsync(key, json);
        return await ClaimAsync();
    }

    async Task<string> ClaimAsync() => IdOf(await Agent.AskAsync($"POST /store/jobs/claim\n\n{Pending}"));

    Task<JsonElement> PutAsync(string key, string json) =>
        Agent.AskAsync($"PUT /store/jobs/{key}\nContent-Type: application/json\n\n{json}");

    async Task LostAsync(string claim)
    {
        var before = _world.Head;
        foreach (var send in new[]
        {
            $"POST /claim/{claim}/complete\n\n{{\"set\":{{\"/late\":true}}}}", $"POST /claim/{claim}/release", $"POST /claim/{claim}/renew\n\n{{\"lease_seconds\":9}}",
        })
        {
            using var answer = await Agent.SendAsync(send);
            await Problems.CheckAsync(answer, "store.lease_lost");
        }

        Assert.Equal(before, _world.Head);
    }

    static string IdOf(JsonElement claimed) => Assert.Single(claimed.GetProperty("items").EnumerateArray()).GetProperty("claim_id").GetString()!;

    static string KeyOf(JsonElement claimed) => Assert.Single(claimed.GetProperty("items").EnumerateArray()).GetProperty("key").GetString()!;

    static long FenceOf(JsonElement claimed) => claimed.GetProperty("items")[0].GetProperty("fence").GetInt64();
}
