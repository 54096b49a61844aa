using Baton.Contracts;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Platform.Http.Headers;

namespace Baton.ServerTests.Platform.Commits.Lane;

/// <summary>The lane at its limits, with operations made for it.</summary>
public sealed class LaneTests : IAsyncLifetime
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

    [Theory]
    [InlineData(1000, null)]
    [InlineData(1001, "commit.too_large")]
    public async Task Commit_AroundTheLimitOfEntries_IsTakenUpToIt(int entries, string? code)
    {
        var before = _world.Head;
        var outcome = await RunAsync(work =>
        {
            for (var count = 0; count < entries; count++) work.Record("test.many", $"test:{count}", version: null);
            return new Effect(new Deleted { Version = 1 });
        });
        Assert.Equal(code, outcome.Failure?.Code.Code);
        Assert.Equal(code is null ? before + entries : before, _world.Head);
        if (code is not null) return;
        // A page goes past its limit to finish the commit, and so does the stream.
        var page = await _world.Agent.AskAsync($"GET /events?after={before}&limit=1");
        Assert.Equal(entries, page.GetProperty("items").GetArrayLength());
        using var stream = await SseReader.OpenAsync(_world.Agent, $"/events?after={before}");
        for (var count = 0; count < entries; count++) Assert.Equal($"{before + count + 1}", (await stream.NextAsync())!.Id);
        Assert.True((await _world.Agent.AskAsync("GET /ledger/verify")).GetProperty("intact").GetBoolean());
    }

    [Fact]
    public async Task Operation_ThatFails_ChangesNothingAndLetsTheOthersOfItsBatchBe()
    {
        using var gate = new GateOperation(_world.WorkspaceId);
        var gated = RunAsync(gate);
        await gate.Entered;
        // These wait together behind the gate, and are one batch.
        var first = _world.Agent.AskAsync("PUT /stash/a\n\n1");
        var faulty = RunAsync(work =>
        {
            work.Record("test.fault", "test", version: null);
            throw new InvalidOperationException("a bug");
        });
        var refused = RunAsync(work =>
        {
            work.Record("test.refused", "test", version: null);
            return new Failure(Contracts.Errors.ErrorCodes.WorkspaceFull);
        });
        var last = _world.Agent.AskAsync("PUT /stash/b\n\n1");
        gate.Open();
        await gated;
        await first;
        await last;
        Assert.Equal("server.internal", (await faulty).Failure!.Code.Code);
        Assert.Equal("workspace.full", (await refused).Failure!.Code.Code);
        Assert.Equal(["stash.put stash:a v1", "stash.put stash:b v1"], (await _world.EntriesAsync(5)).Order(StringComparer.Ordinal));
        Assert.True((await _world.Agent.AskAsync("GET /ledger/verify")).GetProperty("intact").GetBoolean());
    }

    /// <summary>PostgreSQL keeps no U+0000 in text. Where that was overlooked, nobody else suffers for it.</summary>
    [Fact]
    public async Task Operation_WithTextThatIsNotStorable_FailsAlone()
    {
        Backend.SkipUnlessPostgres();
        using var gate = new GateOperation(_world.WorkspaceId);
        var gated = RunAsync(gate);
        await gate.Entered;
        var first = _world.Agent.AskAsync("PUT /stash/a\n\n1");
        var faulty = RunAsync(work =>
        {
            work.Schedule(work.Now + Micros.PerSecond, "test", "a\0b");
            return new Effect(new Deleted { Version = 1 });
        });
        var last = _world.Agent.AskAsync("PUT /stash/b\n\n1");
        gate.Open();
        await gated;
        await first;
        await last;
        Assert.Equal("server.internal", (await faulty).Failure!.Code.Code);
        Assert.Equal(["stash.put stash:a v1", "stash.put stash:b v1"], (await _world.EntriesAsync(5)).Order(StringComparer.Ordinal));
        Assert.True((await _world.Agent.AskAsync("GET /ledger/verify")).GetProperty("intact").GetBoolean());
    }

    [Fact]
    public async Task Operation_AlwaysOvertaken_IsContended()
    {
        var attempts = 0;
        var outcome = await RunAsync(_ =>
        {
            attempts++;
            return Decision.PrepareAgain;
        });
        Assert.Equal("stash.contended", outcome.Failure!.Code.Code);
        Assert.Equal(10, attempts);
    }

    [Fact]
    public async Task Queue_Full_IsOverloadedForItsWorkspaceAlone()
    {
        var other = await World.NewAsync(_server);
        using var gate = new GateOperation(_world.WorkspaceId);
        var gated = RunAsync(gate);
        await gate.Entered;
        var waiting = Enumerable.Range(0, LaneQueue.MaxPerWorkspace).Select(_ => RunAsync(_ => new Effect(Answer: null))).ToList();
        using (var answer = await _world.Agent.SendAsync("PUT /stash/a\n\n1"))
        {
            await Problems.CheckAsync(answer, "server.overloaded");
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta);
        }

        var elsewhere = other.Agent.AskAsync("PUT /stash/a\n\n1");
        gate.Open();
        await gated;
        await elsewhere;
        Assert.All(await Task.WhenAll(waiting), outcome => Assert.Null(outcome.Failure));
        await _world.Agent.AskAsync("PUT /stash/a\n\n1");
    }

    [Fact]
    public async Task Caller_GoneBeforeItsTurn_ChangesNothing()
    {
        using var gate = new GateOperation(_world.WorkspaceId);
        var gated = RunAsync(gate);
        await gate.Entered;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var gone = _server.Parts.Runner.RunAsync(
            new TestOperation(_ => throw new InvalidOperationException("It was decided.")) { Actor = Actor.System(_world.WorkspaceId) },
            traceId: null, idempotencyKey: null, patience.Token).AsTask();
        await patience.CancelAsync();
        gate.Open();
        await gated;
        Assert.Equal("server.stopping", (await gone).Failure!.Code.Code);
    }

    [Fact]
    public async Task Stop_WithQueuedWrites_CommitsThemAll()
    {
        var directory = Directory.CreateTempSubdirectory("baton-test-").FullName;
        var server = await TestServer.StartAsync(directory: directory);
        var world = await World.NewAsync(server);
        using var gate = new GateOperation(world.WorkspaceId);
        var gated = server.Parts.Runner.RunAsync(gate, traceId: null, idempotencyKey: null, Cancellation).AsTask();
        await gate.Entered;
        var queued = Enumerable.Range(0, 20).Select(number => server.Parts.Runner.RunAsync(
            new TestOperation(work =>
            {
                work.Record("test.queued", $"test:{number}", version: null);
                return new Effect(new Deleted { Version = 1 });
            })
            {
                Actor = Actor.System(world.WorkspaceId),
            },
            traceId: null, idempotencyKey: null, Cancellation).AsTask()).ToList();
        var stopping = server.DisposeAsync().AsTask();
        gate.Open();
        await gated;
        Assert.All(await Task.WhenAll(queued), outcome => Assert.Null(outcome.Failure));
        await stopping;
        await using (var again = await TestServer.StartAsync(directory: directory))
            Assert.Equal(25, again.Parts.Feed.Head(world.WorkspaceId));
        Directory.Delete(directory, recursive: true);
    }

    Task<Outcome<Effect>> RunAsync(Func<UnitOfWork, Decision> decide) =>
        RunAsync(new TestOperation(decide) { Actor = Actor.System(_world.WorkspaceId) });

    Task<Outcome<Effect>> RunAsync(Operation operation) =>
        _server.Parts.Runner.RunAsync(operation, traceId: null, idempotencyKey: null, Cancellation).AsTask();

    sealed class TestOperation(Func<UnitOfWork, Decision> decide) : Operation
    {
        public override string Name => "test.run";

        public override string Resource => "test";

        public override Contention Contention => new(Contracts.Errors.ErrorCodes.StashContended, [Resource]);

        public override Decision Decide(UnitOfWork work) => decide(work);
    }
}
