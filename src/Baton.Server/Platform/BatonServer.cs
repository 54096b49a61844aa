using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Ledger;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Resources;
using Baton.Server.Platform.Schemas;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform;

/// <summary>One server's parts, made once and in order. Every member is safe for concurrent use.</summary>
internal sealed partial class BatonServer : IAsyncDisposable
{
    /// <summary>
    /// A key that another server revoked is forgotten within twice this time, well under the second that is promised.
    /// </summary>
    static readonly TimeSpan s_keyLag = TimeSpan.FromMilliseconds(400);

    readonly IDatabase _database;
    readonly IPeers? _peers;
    readonly RowCaches _caches;
    readonly CancellationTokenSource _stopping = new();
    readonly LaneClock _clock;
    readonly DueWorker _due;
    readonly List<(string Name, Func<CancellationToken, Task> Run)> _work = [];
    readonly List<Func<CancellationToken, Task>> _atStart = [];
    readonly List<Task> _background = [];
    readonly ILogger _log;

    // A start that is refused before the lane runs has no lane to wait for.
    bool _isLaneStarted;

    public BatonServer(
        BatonOptions options, IDatabase database, ResourceTypes types, TimeProvider time, ILoggerFactory logs)
    {
        Options = options;
        Types = types;
        Logs = logs;
        Time = time;
        Ids = new IdSource(time);
        _database = database;
        _peers = database.Peers;
        _log = logs.CreateLogger<BatonServer>();
        _clock = new LaneClock(database.ClockOver(time), logs.CreateLogger<LaneClock>());
        _caches = new RowCaches(options.CacheBytes, isShared: _peers is not null);
        Background = new Background(logs.CreateLogger<Background>(), Stopping);
        Readers = new RowReaders(database, _caches);
        ReaderShares = new ReaderShares(database);
        Schemas = new SchemaRegistry(Readers, types.Permissions);
        Ledger = new LedgerReader(database, ReaderShares);
        Quarantine = new Quarantine(logs.CreateLogger<Quarantine>());
        Feed = new ChangeFeed(Ledger, _peers, Quarantine, logs.CreateLogger<ChangeFeed>());
        Feed.HistoryWentBack += ForgetHistory;
        var idempotency = new Idempotency(options.IdempotencyKeys);
        NewCommitter = session => new Committer(
            session, _caches, _clock, idempotency, Feed, DueAdded, Metrics, logs.CreateLogger<Committer>());
        Lane = new CommitLane(database, Quarantine, NewCommitter, logs.CreateLogger<CommitLane>());
        Runner = new OperationRunner(Lane);
        Authenticator = new Authenticator(Readers, _clock);
        Workspaces = new Workspaces(Readers);
        RateLimiter = new RateLimiter(time);
        Refusals = new Refusals(Runner, time);
        Bodies = new Bodies(options.BodiesInFlightBytes, options.LargestBody);
        Waiters = new Waiters(options.WaitersPerKey, options.WaitersPerWorkspace);
        Reading = new ReadServices
        {
            Feed = Feed,
            Shares = ReaderShares,
            Authenticator = Authenticator,
            Permissions = types.Permissions,
            Waiters = Waiters,
            Clock = _clock,
            Time = time,
            IsShared = _peers is not null,
            Stopping = Stopping,
        };
        _due = new DueWorker(
            database, Quarantine, Runner, DueKinds, _clock, time, Metrics, logs.CreateLogger<DueWorker>());
        DueKinds.Add(
            Idempotency.SweepKind, item => new IdempotencySweep(item) { Actor = Actor.System(item.WorkspaceId) });
        Metrics.Observe(() => Lane.QueueLength, () => Waiters.Count, () => Bodies.InFlight, () => Quarantine.Count);
    }

    public BatonOptions Options { get; }

    /// <summary>The types of things that there are.</summary>
    public ResourceTypes Types { get; }

    public ILoggerFactory Logs { get; }

    public TimeProvider Time { get; }

    public IdSource Ids { get; }

    public IDatabase Database => _database;

    public RowReaders Readers { get; }

    public ReaderShares ReaderShares { get; }

    public SchemaRegistry Schemas { get; }

    public LedgerReader Ledger { get; }

    public Quarantine Quarantine { get; }

    public ChangeFeed Feed { get; }

    public CommitLane Lane { get; }

    /// <summary>What decides and commits batches in a session, one for each thread of the lane.</summary>
    public Func<ILaneSession, Committer> NewCommitter { get; }

    public OperationRunner Runner { get; }

    public Authenticator Authenticator { get; }

    /// <summary>Set by the feature that has them, before the start.</summary>
    public ITickets? Tickets { get; set; }

    public Workspaces Workspaces { get; }

    public RateLimiter RateLimiter { get; }

    public Refusals Refusals { get; }

    public Bodies Bodies { get; }

    public Waiters Waiters { get; }

    /// <summary>What reads share.</summary>
    public ReadServices Reading { get; }

    public DueKinds DueKinds { get; } = new();

    public OperationCatalogue Operations { get; } = new();

    public BatonMetrics Metrics { get; } = new();

    public Background Background { get; }

    /// <summary>Ends when the server begins to stop: whatever waits ends then.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>The lane's clock; it goes from <see cref="StartAsync"/> on.</summary>
    public LaneClock Clock => _clock;

    /// <summary>The lane's time in microseconds since 1970-01-01 UTC: what expires is compared with it.</summary>
    public long Now => _clock.Now();

    /// <summary>
    /// Reads the heads, starts the lane and the tasks beside it, and makes the first key if there is none.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var workspaces = await Workspaces.ReadAllAsync(_database, cancellation);
        var newest = 0L;
        foreach (var workspace in workspaces)
        {
            Feed.StartAt(workspace.WorkspaceId, new LedgerPlace(workspace.HeadSeq, workspace.HeadHash));
            if (await LedgerCheck.FindTailDamageAsync(_database, workspace, cancellation) is { } damage)
                Quarantine.Add(workspace, damage);
            else newest = Math.Max(newest, workspace.HeadAt);
        }

        _clock.Start(newest);
        Lane.Start();
        _isLaneStarted = true;
        foreach (var step in _atStart) await step(cancellation);
        InBackground("waking followers", Feed.RunAsync);
        InBackground("writing refusals down", Refusals.RunAsync);
        if (_peers is null)
        {
            InBackground("doing what is due", _due.RunAsync);
        }
        else
        {
            // One server at a time does what is due; all of them hear of each other's commits.
            InBackground("doing what is due", token => _peers.RunAloneAsync(_due.RunAsync, token));
            InBackground("telling and hearing of commits", token => _peers.ListenAsync(Feed.Heard, token));
            InBackground("reading what others committed", Feed.CatchUpAsync);
            InBackground("looking for what others committed", token => Feed.LookAsync(Time, token));
            InBackground("forgetting keys", ForgetKeysAsync);
        }

        _background.AddRange(_work.Select(work => Background.RunAsync(work.Name, work.Run)));
    }

    /// <summary>
    /// What must be done before the first request, once the lane runs. Call before <see cref="StartAsync"/>.
    /// </summary>
    public void AtStart(Func<CancellationToken, Task> step) => _atStart.Add(step);

    /// <summary>Work that runs from the start until the server stops. Call before <see cref="StartAsync"/>.</summary>
    public void InBackground(string name, Func<CancellationToken, Task> work) => _work.Add((name, work));

    /// <summary>Commits something that changes nothing: afterwards the lane knows whether the disk has room.</summary>
    public async ValueTask ProbeAsync(CancellationToken cancellation)
    {
        // A commit of a page or two can succeed where nothing else does.
        if (!_database.HasRoom) return;
        if (await Workspaces.FindAsync(Workspaces.DefaultName, cancellation) is not { } workspaceId) return;
        var probe = new ProbeStorage { Actor = Actor.System(workspaceId) };
        await Runner.RunAsync(probe, traceId: null, claim: null, cancellation);
    }

    /// <summary>What the edges need. Call when every feature was added.</summary>
    public EdgeServices ToEdge() => new()
    {
        Options = Options,
        Reading = Reading,
        Runner = Runner,
        Workspaces = Workspaces,
        Tickets = Tickets ?? throw new InvalidOperationException("No feature has brought tickets."),
        RateLimiter = RateLimiter,
        Refusals = Refusals,
        Quarantine = Quarantine,
        Bodies = Bodies,
        Metrics = Metrics,
    };

    /// <summary>Ends what waits.</summary>
    public void BeginStop() => _stopping.Cancel();

    /// <summary>Commits what is queued, then closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        BeginStop();
        await Task.WhenAll(_background);
        if (_isLaneStarted)
        {
            await Refusals.FinishAsync();
            await Lane.StopAsync(CancellationToken.None);
        }

        Lane.Dispose();
        await _database.DisposeAsync();
        _due.Dispose();
        Metrics.Dispose();
        _stopping.Dispose();
    }

    void DueAdded(long dueAt) => _due.Added(dueAt);

    void ForgetHistory(string workspaceId)
    {
        LogHistoryWentBack(workspaceId);
        // The rows of all workspaces: a failover that took commits from one may have taken them from others, which are
        // looked at later; and it is rare enough to read everything again.
        _caches.Clear();
        Schemas.Forget();
    }

    async Task ForgetKeysAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(s_keyLag, Time);
        while (await timer.WaitForNextTickAsync(cancellation)) _caches.ClearLagging();
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The database lost the newest commits of workspace {WorkspaceId}, as after a failover to a standby "
            + "that had not got them: what was acknowledged last is gone, and its seqs are given again")]
    partial void LogHistoryWentBack(string workspaceId);
}
