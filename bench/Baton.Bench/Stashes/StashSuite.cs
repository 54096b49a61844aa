using System.Diagnostics;
using System.Security.Cryptography;
using Baton.Bench.Ledger;
using Baton.Bench.Load;
using Baton.Bench.Processes;
using Baton.Bench.Reports;
using Baton.Bench.Targets;

namespace Baton.Bench.Stashes;

/// <summary>`script/bench stash`: beside Redis, etcd and bare Kestrel, on an empty and on a full store.</summary>
internal sealed class StashSuite(string root, BenchPlan plan, ScratchFolder scratch, TextWriter progress)
{
    readonly string _serverPath = Path.Combine(root, "artifacts/bin/Baton.Server/release/Baton.Server.dll");
    readonly string _key = "bench-" + RandomNumberGenerator.GetHexString(stringLength: 40, lowercase: true);

    Wrk Wrk => new(Path.Combine(root, "bench/wrk"), plan, _key);

    /// <summary>Measures, prints, and writes bench/results.</summary>
    public static async Task<int> RunAsync(string root, BenchPlan plan, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(plan.Deadline);
        try
        {
            using var scratch = new ScratchFolder(root);
            var suite = new StashSuite(root, plan, scratch, Console.Error);
            var figures = await suite.MeasureAsync(limit.Token);
            await StashReport.WriteAsync(figures, plan, Path.Combine(root, "bench/results"), Console.Out);
            return 0;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new BenchException($"the suite did not end within {plan.Deadline}");
        }
    }

    async Task<StashFigures> MeasureAsync(CancellationToken cancellation)
    {
        if (!File.Exists(_serverPath))
            throw new BenchException($"no server at {Path.GetRelativePath(root, _serverPath)}: build it first");
        var machine = await Machine.ReadAsync(scratch.File("sync-probe"), cancellation);
        var (load, fullStore, ledger) = await MeasureLoadAsync(cancellation);
        return new StashFigures
        {
            IsQuick = plan.IsQuick,
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
        await using var redis = await RedisTarget.StartAsync(scratch.Folder("redis"), plan, cancellation);
        await using var etcd = await EtcdTarget.StartAsync(scratch.Folder("etcd"), Wrk, cancellation);
        await using var empty = await StartBatonAsync("empty", cancellation);
        await using var full = await StartBatonAsync("full", cancellation);

        var loader = new StashLoader(empty.Url, _key, plan);
        await loader.LoadAsync(plan.HotNameCount, StashLoader.HotName, cancellation);
        var loadSeconds = await FillAsync(full, cancellation);
        var loaded = ProcessFigures.Read(full.ProcessId);
        await using var bare = await StartBareAsync(empty, cancellation);

        var load = await new LoadRounds(plan, progress).RunAsync(
        [
            new(StashSubjects.Put, "Baton PUT", empty.ProcessId, empty.PutAsync),
            new(StashSubjects.RedisSet, "Redis SET, appendfsync always", redis.ProcessId, redis.SetAsync),
            new(StashSubjects.EtcdPut, "etcd put, HTTP gateway", etcd.ProcessId, etcd.PutAsync),
            new(StashSubjects.BarePut, "bare Kestrel PUT, nothing stored", bare.ProcessId, bare.PutAsync),
            new(StashSubjects.FullPut, $"Baton PUT, {plan.StoredCount} stored", full.ProcessId, full.PutAsync),
            new(StashSubjects.Get, "Baton GET", empty.ProcessId, empty.GetAsync),
            new(StashSubjects.BareGet, "bare Kestrel GET", bare.ProcessId, bare.GetAsync),
            new(StashSubjects.FullGet, $"Baton GET, {plan.StoredCount} stored", full.ProcessId, full.GetAsync),
        ], cancellation);
        await redis.CheckAsync(cancellation);
        CheckAnswerSizes(load);

        var fullRuns = load[StashSubjects.FullPut].Runs.Concat(load[StashSubjects.FullGet].Runs);
        var fullStore = new FullStoreFigures(
            plan.StoredCount,
            loadSeconds,
            fullRuns.Max(run => Math.Max(run.ResidentBytes, loaded.ResidentBytes)),
            ProcessFigures.Read(full.ProcessId).PeakBytes);
        await progress.WriteLineAsync($"verifying {plan.LedgerEntryCount} ledger entries");
        var ledger = await new LedgerMeasure(empty, loader, plan).RunAsync(scratch.File("encodings"), cancellation);
        return (load, fullStore, ledger);
    }

    Task<BatonTarget> StartBatonAsync(string store, CancellationToken cancellation) =>
        BatonTarget.StartAsync(_serverPath, scratch.Folder(store), _key, Wrk, cancellation);

    async Task<double> FillAsync(BatonTarget full, CancellationToken cancellation)
    {
        await progress.WriteLineAsync($"storing {plan.StoredCount} stashes");
        var loader = new StashLoader(full.Url, _key, plan);
        var clock = Stopwatch.StartNew();
        await loader.LoadAsync(plan.StoredCount - plan.HotNameCount, StashLoader.ColdName, cancellation);
        await loader.LoadAsync(plan.HotNameCount, StashLoader.HotName, cancellation);
        return clock.Elapsed.TotalSeconds;
    }

    // The bare server gives the answers that Baton gives: as they are the same to the byte, it is the work behind them
    // that is compared.
    async Task<BareTarget> StartBareAsync(BatonTarget baton, CancellationToken cancellation)
    {
        var answers = await baton.AnswersAsync(StashLoader.HotName(0), new string('x', plan.BodyBytes), cancellation);
        var runtimeConfigPath = Path.ChangeExtension(_serverPath, ".runtimeconfig.json");
        return await BareTarget.StartAsync(
            runtimeConfigPath, scratch.File("bare.json"), answers, Wrk, cancellation);
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
        await progress.WriteLineAsync("starting on the full store");
        var seconds = new List<double>();
        for (var start = 1; start < plan.StartCount; start++)
        {
            await using var baton = await StartBatonAsync("full", cancellation);
            seconds.Add(baton.TimeToReady.TotalSeconds);
        }
        await using var last = await StartBatonAsync("full", cancellation);
        seconds.Add(last.TimeToReady.TotalSeconds);
        await Task.Delay(plan.IdleTime, cancellation);
        return new StartFigures(seconds, ProcessFigures.Read(last.ProcessId).ResidentBytes);
    }
}
