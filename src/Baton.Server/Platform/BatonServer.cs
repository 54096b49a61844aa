using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.IdempotencyKeys;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Ledger;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Waits;
using Baton.Server.Platform.Resources;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Caches;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform;

/// <summary>
/// One server's parts, made once and in order, and its start and stop. Every member is safe for concurrent use.
/// Only the composition sees it as a whole; each part is given the others that it uses.
/// </summary>
internal sealed partial class BatonServer : IAsyncDisposable
{
    /// <summary>
    /// A key that another server revoked is forgotten within twice this time, well under the second that is promised.
    /// </summary>
    static readonly TimeSpan s_keyLag = TimeSpan.FromMilliseconds(400);

    readonly BatonOptions _options;
    readonly TimeProvider _time;
    readonly IPeers? _peers;
    readonly RowCaches _caches;
    readonly CancellationTokenSource _stopping = new();
    readonly RateLimiter _rateLimiter;
    readonly Refusals _refusals;
    readonly BatonMetrics _metrics = new();
    readonly List<Task> _background = [];
    readonly ILogger _log;

    // Whether the lane runs: if the start is refused before that, there is no lane to wait for.
    bool _isLaneStarted;

    public BatonServer(
        BatonOptions options, IDatabase database, ResourceTypes types, TimeProvider time, ILoggerFactory logs)
    {
        _options = options;
        _time = time;
        Ids = new IdSource(time);
        Database = database;
        _peers = database.Peers;
        _log = logs.CreateLogger<BatonServer>();
        Clock = new LaneClock(database.ClockOver(time), logs.CreateLogger<LaneClock>());
        _caches = new RowCaches(options.CacheBytes, isShared: _peers is not null);
        Background = new Background(logs.CreateLogger<Background>(), Stopping);
        Readers = new RowReaders(database, _caches);
        ReaderShares = new ReaderShares(database);
        Ledger = new LedgerReader(database, ReaderShares);
        Quarantine = new Quarantine(logs.CreateLogger<Quarantine>());
        Feed = new ChangeFeed(Ledger, _peers, Quarantine, logs.CreateLogger<ChangeFeed>());
        Feed.HistoryWentBack += ForgetHistory;
        var idempotency = new Idempotency(options.IdempotencyKeys);
        NewCommitter = session => new Committer(
            session, _caches, Clock, idempotency, Feed, DueAdded, _metrics, logs.CreateLogger<Committer>());
        Lane = new CommitLane(database, Quarantine, NewCommitter, logs.CreateLogger<CommitLane>());
        Runner = new OperationRunner(Lane);
        Authenticator = new Authenticator(Readers, Clock);
        Workspaces = new Workspaces(Readers);
        _rateLimiter = new RateLimiter(time);
        _refusals = new Refusals(Runner, time);
        Bodies = new Bodies(options.BodiesInFlightBytes, options.LargestBody);
        Waiters = new Waiters(options.WaitersPerKey, options.WaitersPerWorkspace);
        Reading = new ReadServices
        {
            Feed = Feed,
            Shares = ReaderShares,
            Authenticator = Authenticator,
            Permissions = types.Permissions,
            Waiters = Waiters,
            Clock = Clock,
            Time = time,
            IsShared = _peers is not null,
            Stopping = Stopping,
        };
        Due = new DueWorker(
            database, Quarantine, Runner, Registrations.DueKinds, Clock, time, _metrics,
            logs.CreateLogger<DueWorker>());
        Registrations.DueKinds.Add(
            Idempotency.SweepKind, item => new IdempotencySweep(item) { Actor = Actor.System(item.WorkspaceId) });
        _metrics.Observe(() => Lane.QueueLength, () => Waiters.Count, () => Bodies.InFlight, () => Quarantine.Count);
    }

    /// <summary>What the features bring. They register it before the start.</summary>
    public Registrations Registrations { get; } = new();

    public IdSource Ids { get; }

    public IDatabase Database { get; }

    public RowReaders Readers { get; }

    public ReaderShares ReaderShares { get; }

    public LedgerReader Ledger { get; }

    public Quarantine Quarantine { get; }

    public ChangeFeed Feed { get; }

    public CommitLane Lane { get; }

    /// <summary>What decides and commits batches in a session, one for each thread of the lane.</summary>
    public Func<ILaneSession, Committer> NewCommitter { get; }

    /// <summary>What works off the things that have a time.</summary>
    public DueWorker Due { get; }

    public OperationRunner Runner { get; }

    public Authenticator Authenticator { get; }

    public Workspaces Workspaces { get; }

    public Bodies Bodies { get; }

    public Waiters Waiters { get; }

    /// <summary>What reads share.</summary>
    public ReadServices Reading { get; }

    public Background Background { get; }

    /// <summary>Is cancelled when the server begins to stop: whatever waits ends then.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>The lane's clock; it goes from <see cref="StartAsync"/> on.</summary>
    public LaneClock Clock { get; }

    /// <summary>
    /// Reads the heads, starts the lane and the tasks beside it, and makes the first key if there is none.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var workspaces = await Workspaces.ReadAllAsync(Database, cancellation);
        var newest = 0L;
        foreach (var workspace in workspaces)
        {
            Feed.StartAt(workspace.WorkspaceId, new LedgerPlace(workspace.HeadSeq, workspace.HeadHash));
            if (await LedgerCheck.FindTailDamageAsync(Database, workspace, cancellation) is { } damage)
                Quarantine.Add(workspace, damage);
            else newest = Math.Max(newest, workspace.HeadAt);
        }

        Clock.Start(newest);
        Lane.Start();
        _isLaneStarted = true;
        foreach (var step in Registrations.StartSteps) await step(cancellation);
        InBackground("waking followers", Feed.RunAsync);
        InBackground("writing refusals down", _refusals.RunAsync);
        if (_peers is null)
        {
            InBackground("doing what is due", Due.RunAsync);
        }
        else
        {
            // One server at a time does what is due; all of them hear of each other's commits.
            InBackground("doing what is due", token => _peers.RunAloneAsync(Due.RunAsync, token));
            InBackground("telling and hearing of commits", token => _peers.ListenAsync(Feed.Heard, token));
            InBackground("reading what others committed", Feed.CatchUpAsync);
            InBackground("looking for what others committed", token => Feed.LookAsync(_time, token));
            InBackground("forgetting keys", ForgetKeysAsync);
        }

        foreach (var (name, run) in Registrations.Background) InBackground(name, run);
    }

    /// <summary>What the edges need. Call when every feature was added.</summary>
    public EdgeServices ToEdge() => new()
    {
        Options = _options,
        Reading = Reading,
        Runner = Runner,
        Workspaces = Workspaces,
        Tickets = Registrations.Tickets ?? throw new InvalidOperationException("No feature has brought tickets."),
        RateLimiter = _rateLimiter,
        Refusals = _refusals,
        Quarantine = Quarantine,
        Bodies = Bodies,
        Metrics = _metrics,
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
            await _refusals.FinishAsync();
            await Lane.StopAsync(CancellationToken.None);
        }

        Lane.Dispose();
        await Database.DisposeAsync();
        Due.Dispose();
        _metrics.Dispose();
        _stopping.Dispose();
    }

    void InBackground(string name, Func<CancellationToken, Task> run) =>
        _background.Add(Background.RunAsync(name, run));

    void DueAdded(long dueAt) => Due.Added(dueAt);

    void ForgetHistory(string workspaceId)
    {
        LogHistoryWentBack(workspaceId);
        // The rows of all workspaces: a failover that took commits from one may have taken them from others, which are
        // looked at later; and it is rare enough to read everything again.
        _caches.Clear();
    }

    async Task ForgetKeysAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(s_keyLag, _time);
        while (await timer.WaitForNextTickAsync(cancellation)) _caches.ClearLagging();
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The database lost the newest commits of workspace {WorkspaceId}, as after a failover to a standby "
            + "that had not got them: what was acknowledged last is gone, and its seqs are given again")]
    partial void LogHistoryWentBack(string workspaceId);
}
