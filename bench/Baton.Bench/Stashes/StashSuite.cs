using System.Diagnostics;
using Baton.Bench.Ledger;
using Baton.Bench.Load;
using Baton.Bench.Processes;
using Baton.Bench.Reports;
using Baton.Bench.Targets;

namespace Baton.Bench.Stashes;

/// <summary>`script/bench stash`: beside Redis, etcd and bare Kestrel, on an empty and on a full store.</summary>
internal sealed class StashSuite(Suite suite)
{
    readonly BenchPlan _plan = suite.Plan;

    public static async Task<SuiteResult> MeasureAsync(Suite suite, CancellationToken cancellation)
    {
        var figures = await new StashSuite(suite).MeasureAsync(cancellation);
        return StashResult.Of(figures, suite.Plan);
    }

    async Task<StashFigures> MeasureAsync(CancellationToken cancellation)
    {
        var machine = await suite.ReadMachineAsync(
            cancellation, "redis-server", "redis-benchmark", "etcd", "wrk");
        var (load, fullStore, ledger) = await MeasureLoadAsync(cancellation);
        return new StashFigures
        {
            Machine = machine,
            Load = load,
            FullStore = fullStore,
            Ledger = ledger,
            Start = await MeasureStartAsync(cancellation),
        };
    }

    async Task<(IReadOnlyDictionary<string, Series>, FullStoreFigures, LedgerFigures)> MeasureLoadAsync(
        CancellationToken cancellation)
    {
        await using var redis = await RedisTarget.StartAsync(suite.Scratch.Folder("redis"), _plan, cancellation);
        await using var etcd = await EtcdTarget.StartAsync(suite.Scratch.Folder("etcd"), suite.Wrk, cancellation);
        await using var empty = await suite.StartBatonAsync("empty", cancellation);
        await using var full = await suite.StartBatonAsync("full", cancellation);

        var loader = new StashLoader(empty.Url, suite.Key, _plan);
        await loader.LoadAsync(_plan.HotNameCount, StashLoader.HotName, cancellation);
        var loadSeconds = await FillAsync(full, cancellation);
        var loaded = ProcessFigures.Read(full.ProcessId);
        await using var bare = await StartBareAsync(empty, cancellation);

        var load = await suite.Rounds.RunAsync(
        [
            new(StashSubjects.Put, "Baton PUT", empty.ProcessId, empty.PutAsync),
            new(StashSubjects.RedisSet, "Redis SET, appendfsync always", redis.ProcessId, redis.SetAsync),
            new(StashSubjects.EtcdPut, "etcd put, HTTP gateway", etcd.ProcessId, etcd.PutAsync),
            new(StashSubjects.BarePut, "bare Kestrel PUT, nothing stored", bare.ProcessId, bare.PutAsync),
            new(StashSubjects.FullPut, $"Baton PUT, {_plan.StoredCount} stored", full.ProcessId, full.PutAsync),
            new(StashSubjects.Get, "Baton GET", empty.ProcessId, empty.GetAsync),
            new(StashSubjects.BareGet, "bare Kestrel GET", bare.ProcessId, bare.GetAsync),
            new(StashSubjects.FullGet, $"Baton GET, {_plan.StoredCount} stored", full.ProcessId, full.GetAsync),
        ], cancellation);
        await redis.CheckAsync(cancellation);
        CheckAnswerSizes(load);

        var fullRuns = load[StashSubjects.FullPut].Runs.Concat(load[StashSubjects.FullGet].Runs);
        var fullStore = new FullStoreFigures(
            _plan.StoredCount,
            loadSeconds,
            fullRuns.Max(run => Math.Max(run.ResidentBytes, loaded.ResidentBytes)),
            ProcessFigures.Read(full.ProcessId).PeakBytes);
        await suite.Progress.WriteLineAsync($"verifying {_plan.LedgerEntryCount} ledger entries");
        var ledger = await new LedgerMeasure(empty, loader, _plan).RunAsync(
            suite.Scratch.File("encodings"), cancellation);
        return (load, fullStore, ledger);
    }

    async Task<double> FillAsync(BatonTarget full, CancellationToken cancellation)
    {
        await suite.Progress.WriteLineAsync($"storing {_plan.StoredCount} stashes");
        var loader = new StashLoader(full.Url, suite.Key, _plan);
        var clock = Stopwatch.StartNew();
        await loader.LoadAsync(_plan.StoredCount - _plan.HotNameCount, StashLoader.ColdName, cancellation);
        await loader.LoadAsync(_plan.HotNameCount, StashLoader.HotName, cancellation);
        return clock.Elapsed.TotalSeconds;
    }

    // The bare server gives the answers that Baton gives: as they are the same to the byte, it is the work behind them
    // that is compared.
    async Task<BareTarget> StartBareAsync(BatonTarget baton, CancellationToken cancellation)
    {
        var answers = await baton.AnswersAsync(StashLoader.HotName(0), new string('x', _plan.BodyBytes), cancellation);
        var runtimeConfigPath = Path.ChangeExtension(suite.ServerPath, ".runtimeconfig.json");
        return await BareTarget.StartAsync(
            runtimeConfigPath, suite.Scratch.File("bare.json"), answers, suite.Wrk, cancellation);
    }

    // Numbers in the headers grow by some digits while PUTs run; anything more is another answer.
    static void CheckAnswerSizes(IReadOnlyDictionary<string, Series> load)
    {
        const double allowedBytes = 24;
        var bareBytes = load[StashSubjects.BareGet].Runs.Average(run => run.Load.AnswerBytes);
        foreach (var run in load[StashSubjects.Get].Runs.Concat(load[StashSubjects.FullGet].Runs))
        {
            if (Math.Abs(run.Load.AnswerBytes - bareBytes) > allowedBytes)
                throw new BenchException(
                    $"Baton's answers have {run.Load.AnswerBytes:F0} bytes, those of bare Kestrel {bareBytes:F0}");
        }
    }

    async Task<StartFigures> MeasureStartAsync(CancellationToken cancellation)
    {
        await suite.Progress.WriteLineAsync("starting on the full store");
        var seconds = new List<double>();
        for (var start = 1; start < _plan.StartCount; start++)
        {
            await using var baton = await suite.StartBatonAsync("full", cancellation);
            seconds.Add(baton.TimeToReady.TotalSeconds);
        }
        await using var last = await suite.StartBatonAsync("full", cancellation);
        seconds.Add(last.TimeToReady.TotalSeconds);
        await Task.Delay(_plan.IdleTime, cancellation);
        return new StartFigures(seconds, ProcessFigures.Read(last.ProcessId).ResidentBytes);
    }
}
