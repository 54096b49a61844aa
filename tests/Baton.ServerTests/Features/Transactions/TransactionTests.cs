using System.Text.Json;
using Baton.Server.Features.Transactions;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Platform.Http.Headers;

namespace Baton.ServerTests.Features.Transactions;

/// <summary>What a table of single requests cannot show of transactions.</summary>
public sealed class TransactionTests : IAsyncLifetime
{
    TestServer _server = null!;
    World _world = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _world = await World.NewAsync(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Result_OfEachOperation_IsWhatItsRouteAnswers()
    {
        var other = await World.NewAsync(_server);
        var together = await RunAsync(
            _world.Agent,
            """{"op":"stash.put","name":"a","content":"x","content_type":"t/x"}""",
            """{"op":"stash.append","name":"a","content":"y"}""",
            """{"op":"stash.delete","name":"a"}""");
        JsonElement[] alone =
        [
            await other.Agent.AskAsync("PUT /stash/a\nContent-Type: t/x\n\nx"),
            await other.Agent.AskAsync("PATCH /stash/a/append\n\ny"),
            await other.Agent.AskAsync("DELETE /stash/a"),
        ];
        string[] own = ["seq", "created_at", "updated_at", "created_by", "updated_by"];
        foreach (var (one, result) in alone.Zip(together.GetProperty("results").EnumerateArray()))
        {
            Assert.Equal(one.EnumerateObject().Select(member => member.Name), result.EnumerateObject().Select(member => member.Name));
            foreach (var member in one.EnumerateObject().Where(member => !own.Contains(member.Name)))
                Assert.Equal(member.Value.GetRawText(), result.GetProperty(member.Name).GetRawText());
        }
    }

    [Fact]
    public async Task Transaction_ThatFails_LeavesTheOthersOfItsBatchAsTheyAre()
    {
        await _world.Agent.AskAsync("PUT /stash/a\n\n1");
        var before = _world.Head;
        using var gate = new GateOperation(_world.WorkspaceId);
        var gated = _server.Parts.Runner.RunAsync(gate, traceId: null, idempotencyKey: null, Cancellation).AsTask();
        await gate.Entered;
        // These wait together behind the gate, and are one batch.
        var first = _world.Agent.AskAsync("PATCH /stash/a/append\n\n2");
        var failing = _world.Agent.SendAsync(Of(
            """{"op":"stash.append","name":"a","content":"X"}""",
            """{"op":"stash.put","name":"b","content":"X"}""",
            """{"op":"stash.delete","name":"c"}"""));
        var last = _world.Agent.AskAsync("PUT /stash/d\n\n1");
        gate.Open();
        await gated;
        await Task.WhenAll(first, last);
        await Problems.CheckAsync(await failing, "stash.not_found");
        Assert.Equal("12", await _world.Agent.GetStringAsync("/stash/a", Cancellation));
        Assert.Equal(
            ["stash.append stash:a v2", "stash.put stash:d v1"],
            (await _world.EntriesAsync(before)).Order(StringComparer.Ordinal));
        Assert.True((await _world.Agent.AskAsync("GET /ledger/verify")).GetProperty("intact").GetBoolean());
    }

    [Fact]
    public async Task Transaction_WithIdempotencyKey_HappensOnceAndIsAnsweredAlike()
    {
        var request = Of(
            """{"op":"stash.append","name":"a","content":"x"}""",
            """{"op":"stash.append","name":"a","content":"y"}""").Replace("transaction\n", "transaction\nIdempotency-Key: one\n", StringComparison.Ordinal);
        using var first = await _world.Agent.SendAsync(request);
        using var again = await _world.Agent.SendAsync(request);
        Assert.Equal(["true"], again.Headers.GetValues("Idempotency-Replayed"));
        Assert.Equal(await first.Content.ReadAsStringAsync(Cancellation), await again.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("xy", await _world.Agent.GetStringAsync("/stash/a", Cancellation));
    }

    [Fact]
    public async Task Feed_OfATransaction_EndsPagesAndStreamsAtItsCommit()
    {
        var before = _world.Head;
        using var stream = await SseReader.OpenAsync(_world.Agent, $"/events?after={before}");
        var waiting = _world.Agent.AskAsync($"GET /events?after={before}&limit=1&wait=30");
        var done = await RunAsync(
            _world.Agent, [.. Enumerable.Range(0, 100).Select(number => $$"""{"op":"stash.put","name":"s{{number}}","content":""}""")]);
        var seq = done.GetProperty("seq").GetInt64();
        Assert.Equal(before + 100, seq);
        var page = (await waiting).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(100, page.Count);
        Assert.All(page, entry => Assert.Equal(seq, entry.GetProperty("commit_seq").GetInt64()));
        for (var entry = before + 1; entry <= seq; entry++) Assert.Equal($"{entry}", (await stream.NextAsync())!.Id);
    }

    [Fact]
    public async Task Transaction_AlwaysOvertaken_IsContended()
    {
        var attempts = 0;
        var overtaken = new OvertakenOperation(() => attempts++) { Actor = Actor.System(_world.WorkspaceId) };
        var outcome = await _server.Parts.Runner.RunAsync(
            new Server.Features.Transactions.RunTransaction([overtaken]) { Actor = overtaken.Actor }, traceId: null, idempotencyKey: null, Cancellation);
        Assert.Equal("transaction.contended", outcome.Failure!.Code.Code);
        Assert.Equal(11, attempts);
    }

    [Fact]
    public async Task Changes_OfOneLargeRecord_BuildOnEachOther()
    {
        var text = new string('x', 100_000);
        var done = await RunAsync(
            _world.Agent,
            [
                $$$"""{"op":"store.set","key":"large","value":{"text":"{{{text}}}","n":0}}""",
                .. Enumerable.Range(0, 30).Select(_ => """{"op":"store.patch","key":"large","increment":{"/n":1}}"""),
            ]);
        var last = done.GetProperty("results").EnumerateArray().Last();
        Assert.Equal(30, last.GetProperty("value").GetProperty("n").GetInt32());
        Assert.Equal(31, last.GetProperty("version").GetInt64());
        Assert.Equal(31, (await _world.Agent.AskAsync("GET /store/default/large?full=true")).GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task Changes_OfOneLargeStash_BuildOnEachOther()
    {
        var text = new string('x', 100_000);
        await RunAsync(
            _world.Agent,
            [
                $$"""{"op":"stash.put","name":"large","content":"{{text}}"}""",
                .. Enumerable.Range(0, 30).Select(number => $$"""{"op":"stash.append","name":"large","content":"{{number}},"}"""),
                """{"op":"stash.replace","name":"large","old":"x0,1,","new":"x"}""",
            ]);
        Assert.Equal(text + string.Concat(Enumerable.Range(2, 28).Select(number => $"{number},")), await _world.Agent.GetStringAsync("/stash/large", Cancellation));
        // And on what was there before.
        await RunAsync(
            _world.Agent, """{"op":"stash.append","name":"large","content":"a"}""", """{"op":"stash.append","name":"large","content":"b"}""");
        Assert.EndsWith("29,ab", await _world.Agent.GetStringAsync("/stash/large", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_OfABoundStash_AreCheckedOneByOne()
    {
        var schema = (await _world.Agent.AskAsync("POST /schema\n\n{\"name\":\"numbers\",\"definition\":{\"type\":\"array\",\"maxItems\":3}}"))
            .GetProperty("schema_id").GetString();
        await RunAsync(
            _world.Agent,
            $$"""{"op":"stash.put","name":"bound","content":"[]","schema_id":"{{schema}}"}""",
            """{"op":"stash.replace","name":"bound","old":"]","new":"1]"}""",
            """{"op":"stash.replace","name":"bound","old":"]","new":",2]"}""",
            """{"op":"stash.put","name":"other","content":"x"}""",
            """{"op":"stash.replace","name":"bound","old":"]","new":",3]"}""");
        Assert.Equal("[1,2,3]", await _world.Agent.GetStringAsync("/stash/bound", Cancellation));
        using var refused = await _world.Agent.SendAsync(Of(
            """{"op":"stash.replace","name":"bound","old":"1,","new":""}""",
            """{"op":"stash.replace","name":"bound","old":"]","new":",4]"}""",
            """{"op":"stash.replace","name":"bound","old":"]","new":",5]"}"""));
        var problem = JsonElement.Parse(await refused.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(("schema.violation", 2), (problem.GetProperty("code").GetString(), problem.GetProperty("operation").GetInt32()));
        Assert.Equal("[1,2,3]", await _world.Agent.GetStringAsync("/stash/bound", Cancellation));
    }

    [Fact]
    public async Task Appends_ToAStreamThatRejectsAndForgets_AreDecidedInTurn()
    {
        await _world.Agent.AskAsync("POST /stream\n\n{\"name\":\"log\",\"max_entries\":2,\"retention_seconds\":60}");
        await RunAsync(_world.Agent, """{"op":"stream.append","stream":"log","data":1}""", """{"op":"stream.append","stream":"log","data":2}""");
        using var full = await _world.Agent.SendAsync(Of(
            """{"op":"stash.put","name":"a","content":""}""", """{"op":"stream.append","stream":"log","data":3}"""));
        await Problems.CheckAsync(full, "stream.full");
        Assert.Equal(2, (await _world.Agent.AskAsync("GET /stream/log")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Operation_ThatCannotNameItsRows_CannotBeOneOfSeveral()
    {
        var actor = Actor.System(_world.WorkspaceId);
        var decided = 0;
        var query = new OvertakenOperation(() => decided++) { Actor = actor, Queries = true };
        var outcome = await _server.Parts.Runner.RunAsync(
            new RunTransaction([query]) { Actor = actor }, traceId: null, idempotencyKey: null, Cancellation);
        Assert.Equal("server.internal", outcome.Failure!.Code.Code);
        Assert.Equal(0, decided);
    }

    [Fact]
    public async Task Readers_WhileTransactionsRun_NeverSeeAPartOfOne()
    {
        string[] names = ["a", "b", "c", "d"];
        var writing = Task.Run(async () =>
        {
            for (var round = 1; round <= 300; round++)
                await RunAsync(_world.Agent, [.. names.Select(name => $$"""{"op":"stash.put","name":"{{name}}","content":"{{round}}"}""")]);
        }, Cancellation);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(reader => Task.Run(async () =>
        {
            // Each next name is read later, so what it holds is as new at least.
            while (!writing.IsCompleted)
            {
                var rounds = new List<int>();
                foreach (var name in reader % 2 == 0 ? names : names.AsEnumerable().Reverse())
                {
                    using var answer = await _world["reader"].GetAsync($"/stash/{name}", Cancellation);
                    if (answer.IsSuccessStatusCode) rounds.Add(int.Parse(await answer.Content.ReadAsStringAsync(Cancellation), System.Globalization.CultureInfo.InvariantCulture));
                    else Assert.Empty(rounds);
                }

                Assert.Equal(rounds.Order(), rounds);
            }
        }, Cancellation)));
        await writing;
    }

    static async Task<JsonElement> RunAsync(HttpClient client, params string[] operations) => await client.AskAsync(Of(operations));

    static string Of(params string[] operations) =>
        $"POST /transaction\n\n{{\"operations\":[{string.Join(',', operations)}]}}";

    sealed class OvertakenOperation(Action decided) : Operation
    {
        public bool Queries { get; init; }

        public override void Reads(ReadSet reads)
        {
            if (Queries) reads.Query((_, _) => default);
        }

        public override string Name => "test.overtaken";

        public override string Resource => "test";

        public override Decision Decide(UnitOfWork work)
        {
            decided();
            return Decision.PrepareAgain;
        }
    }
}
