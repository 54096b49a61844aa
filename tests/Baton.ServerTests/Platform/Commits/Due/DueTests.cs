using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Baton.Contracts.Errors;
using Baton.Contracts.Events;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Storage.Readers;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Commits.Due;

/// <summary>What fails when it is due, and who has very much that is due, stop nobody else.</summary>
public sealed class DueTests : IAsyncLifetime
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    static readonly TimeSpan s_longestSleep = TimeSpan.FromSeconds(30);

    readonly TestTime _time = new();
    TestServer _server = null!;
    World _one = null!;
    World _other = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(time: _time);
        _one = await World.NewAsync(_server);
        _other = await World.NewAsync(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("is unknown")]
    [InlineData("throws while it is made")]
    [InlineData("fails while it is prepared")]
    [InlineData("throws while it is prepared")]
    [InlineData("throws while it names its rows")]
    [InlineData("throws while it asks for its rows")]
    [InlineData("throws while it is decided")]
    public async Task Items_ThatFail_StopNeitherTheirWorkspaceNorAnother(string fault)
    {
        var failed = 0;
        using var listener = Count("baton.due.failed", fault, () => Interlocked.Increment(ref failed));
        var happened = new ConcurrentBag<string>();
        if (fault != "is unknown") _server.Parts.Registrations.DueKinds.Add(fault, item => Faulty.Make(item, fault));
        _server.Parts.Registrations.DueKinds.Add("test.good", item => new Told(item, happened) { Actor = ActorOf(item) });
        var before = await GiveOtherALeaseAndATtlAsync();
        // Far more than one step takes, and all of it before anybody else's.
        await ScheduleAsync(_one, 600, fault, _server.Parts.Clock.Now() + Micros.PerSecond);
        await ScheduleAsync(_one, 1, "test.good", _server.Parts.Clock.Now() + (2 * Micros.PerSecond));

        await PassUntilAsync(() => _other.Head >= before + 2 && !happened.IsEmpty);
        Assert.Equal(
            ["store.expire store:jobs/ttl v2 by system", "store.lease_expired store:jobs/lease v3 by system"],
            (await _other.EntriesAsync(before)).Order(StringComparer.Ordinal));
        Assert.True(Volatile.Read(ref failed) >= 600, $"{failed} were counted.");
    }

    [Fact]
    public async Task Items_WithoutEnd_DelayNobodyElse()
    {
        _server.Parts.Registrations.DueKinds.Add("test.eternal", item => new Eternal(item) { Actor = ActorOf(item) });
        var before = await GiveOtherALeaseAndATtlAsync();
        var ended = Task.WhenAll(((string[])["lease", "ttl"]).Select(
            key => _other.Agent.AskAsync($"GET /events?after={before}&resource=store:jobs/{key}&wait=60")));
        await ScheduleAsync(_one, 600, "test.eternal", _server.Parts.Clock.Now());
        // The worker never sleeps from here on, and meets the time that passes. It is less than the requests wait.
        _time.Pass(TimeSpan.FromSeconds(31));
        await ended.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        Assert.Equal(before + 2, _other.Head);
    }

    [Fact]
    public async Task Item_ThatFailsAgainAndAgain_IsTriedAfterLongerAndLongerPauses()
    {
        var attempts = new ConcurrentQueue<long>();
        var isWell = false;
        _server.Parts.Registrations.DueKinds.Add("test.ill", item => new Tried(item, attempts, () => !isWell) { Actor = ActorOf(item) });
        await ScheduleAsync(_one, 1, "test.ill", _server.Parts.Clock.Now());
        await PassUntilAsync(() => attempts.Count == 5);
        var pauses = attempts.Zip(attempts.Skip(1)).Select(pair => (pair.Second - pair.First) / Micros.PerSecond);
        // Time passes in steps here, and others than the worker set alarms: a pause may be seen late, but never early.
        // How long it is to the microsecond, `DueTaskTests` knows.
        Assert.All(pauses.Zip([5, 10, 20, 40]), pair => Assert.InRange(pair.First, pair.Second, long.MaxValue));

        isWell = true;
        await PassUntilAsync(() => attempts.Count == 6);
        Assert.Equal(0, await CountDueAsync());
    }

    [Fact]
    public async Task Item_OfAKindThatIsKnownLater_HappensThen()
    {
        var happened = new ConcurrentBag<string>();
        await ScheduleAsync(_one, 3, "test.newer", _server.Parts.Clock.Now());
        await PassUntilAsync(async () => await CountDueAsync("due.aside") == 3);
        _server.Parts.Registrations.DueKinds.Add("test.newer", item => new Told(item, happened) { Actor = ActorOf(item) });
        await PassUntilAsync(() => happened.Count == 3);
        Assert.Equal(["0", "1", "2"], happened.Order(StringComparer.Ordinal));
        Assert.Equal(0, await CountDueAsync());
    }

    /// <summary>More is due in a workspace that is kept apart than one step takes, and stays so for ever.</summary>
    [Fact]
    public async Task Item_BesideVeryManyOfADamagedWorkspace_HappensWhenItIsDue()
    {
        var happened = new ConcurrentBag<string>();
        _server.Parts.Registrations.DueKinds.Add("test.good", item => new Told(item, happened) { Actor = ActorOf(item) });
        var dueAt = _server.Parts.Clock.Now() + Micros.PerSecond;
        await ScheduleAsync(_one, 600, "test.never", dueAt);
        await _server.WorkOffAsync();
        var row = await _server.Parts.Workspaces.GetAsync(_one.WorkspaceId, TestContext.Current.CancellationToken);
        _server.Parts.Quarantine.Add(row!, new LedgerBreak(Seq: 1, "missing"));
        // Now they are due.
        await _server.AdvanceAsync(TimeSpan.FromSeconds(2));
        var soon = TimeSpan.FromMilliseconds(200);
        var asleep = _time.NextAlarm(time => time <= soon);
        await ScheduleAsync(_other, 1, "test.good", _server.Parts.Clock.Now() + (long)soon.TotalMicroseconds);
        await asleep.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        Assert.Empty(happened);
        // Nothing but its own alarm wakes the worker. It sleeps for longer when it has nothing more to do.
        var asleepAgain = _time.NextAlarm(time => time > soon);
        // On PostgreSQL the lane's time goes at half speed while it is ahead of the database's.
        _time.Advance(2 * soon);
        await asleepAgain.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        Assert.Single(happened);
    }

    /// <summary>Its head then; two commits end what it was given, after 61 seconds.</summary>
    async Task<long> GiveOtherALeaseAndATtlAsync()
    {
        await _other.Agent.AskAsync("PUT /store/jobs/lease\nContent-Type: application/json\n\n1");
        await _other.Agent.AskAsync("POST /store/jobs/claim\n\n{\"lease_seconds\":30}");
        await _other.Agent.AskAsync("PUT /store/jobs/ttl?ttl=30\nContent-Type: application/json\n\n1");
        return _other.Head;
    }

    async Task ScheduleAsync(World world, int count, string kind, long dueAt) => Assert.Null(
        (await _server.Parts.Runner.RunAsync(
            new Schedule(count, kind, dueAt) { Actor = Actor.System(world.WorkspaceId) }, traceId: null, idempotencyKey: null,
            TestContext.Current.CancellationToken)).Failure);

    Task PassUntilAsync(Func<bool> isDone) => PassUntilAsync(() => Task.FromResult(isDone()));

    /// <summary>
    /// Time passes by what the worker sleeps at the most: so each step wakes it, and it does what is due and sleeps.
    /// </summary>
    async Task PassUntilAsync(Func<Task<bool>> isDone)
    {
        for (var steps = 0; !await isDone(); steps++)
        {
            Assert.True(steps < 60, "It was not done in half an hour.");
            await _server.AdvanceAsync(s_longestSleep);
        }
    }

    /// <summary>What the workspace with the faults has in the queue.</summary>
    async Task<long> CountDueAsync(string? kind = null) => await _server.Parts.Database.ReadAsync(
        (_one.WorkspaceId, kind), static async (session, of, cancellation) =>
        {
            var command = session.Command(
                "SELECT kind FROM due WHERE workspace_id = @workspace_id", ("@workspace_id", of.WorkspaceId));
            var count = 0L;
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) count += of.kind is null || reader.GetString(0) == of.kind ? 1 : 0;
            return count;
        }, TestContext.Current.CancellationToken);

    static MeterListener Count(string instrument, string kind, Action counted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (published, own) =>
            {
                if (published.Name == instrument) own.EnableMeasurementEvents(published);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag.Value as string == kind) counted();
            }
        });
        listener.Start();
        return listener;
    }

    static Actor ActorOf(DueRow item) => Actor.System(item.WorkspaceId);

    sealed class Schedule(int count, string kind, long dueAt) : Operation
    {
        public override string Name => "test.schedule";

        public override string Resource => kind;

        public override Decision Decide(UnitOfWork work)
        {
            for (var number = 0; number < count; number++) work.Schedule(dueAt, kind, $"{number}");
            return new Effect(Answer: null);
        }
    }

    sealed class Told(DueRow item, ConcurrentBag<string> happened) : DueOperation(item)
    {
        protected override void Happen(UnitOfWork work) =>
            work.AfterCommit(() => happened.Add(Item.Resource));
    }

    sealed class Tried(DueRow item, ConcurrentQueue<long> attempts, Func<bool> isIll) : DueOperation(item)
    {
        protected override void Happen(UnitOfWork work)
        {
            attempts.Enqueue(work.Now);
            if (isIll()) throw new InvalidOperationException("A test wants it so.");
        }
    }

    /// <summary>Due again as soon as it was done, for ever.</summary>
    sealed class Eternal(DueRow item) : DueOperation(item)
    {
        protected override void Happen(UnitOfWork work) => work.Schedule(Item.DueAt, Item.Kind, Item.Resource);
    }

    sealed class Faulty(DueRow item, string fault) : DueOperation(item)
    {
        public static Faulty Make(DueRow item, string fault)
        {
            ThrowIf(fault, "throws while it is made");
            return new Faulty(item, fault) { Actor = ActorOf(item) };
        }

        public override ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
        {
            ThrowIf(fault, "throws while it is prepared");
            return new(Decision.OfAny(fault == "fails while it is prepared" ? new Failure(ErrorCodes.StoreTooLarge) : null));
        }

        public override void Reads(ReadSet reads)
        {
            ThrowIf(fault, "throws while it names its rows");
            reads.Query(QueryAsync);
        }

        ValueTask QueryAsync(ReadSession session, long now)
        {
            ThrowIf(fault, "throws while it asks for its rows");
            return default;
        }

        protected override void Happen(UnitOfWork work) => ThrowIf(fault, "throws while it is decided");

        static void ThrowIf(string fault, string place)
        {
            if (fault == place) throw new InvalidOperationException("A test wants it so.");
        }
    }
}
