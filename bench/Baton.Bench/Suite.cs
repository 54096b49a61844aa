using System.Security.Cryptography;
using Baton.Bench.Load;
using Baton.Bench.Processes;
using Baton.Bench.Reports;
using Baton.Bench.Targets;

namespace Baton.Bench;

/// <summary>What every suite works with: made for one run, gone with it.</summary>
internal sealed class Suite(string root, BenchPlan plan, ScratchFolder scratch)
{
    public BenchPlan Plan => plan;

    public ScratchFolder Scratch => scratch;

    public TextWriter Progress { get; } = Console.Error;

    /// <summary>The first key of every Baton server.</summary>
    public string Key { get; } = "bench-" + RandomNumberGenerator.GetHexString(stringLength: 40, lowercase: true);

    public string ServerPath { get; } = Path.Combine(root, "artifacts/bin/Baton.Server/release/Baton.Server.dll");

    public string AjvScript { get; } = Path.Combine(root, "bench/ajv/validate.mjs");

    public string PostgresScript { get; } = Path.Combine(root, "script/postgres");

    public Wrk Wrk => new(Path.Combine(root, "bench/wrk"), plan, Key);

    public LoadRounds Rounds => new(plan, Progress);

    /// <summary>Measures, prints, and writes bench/results.</summary>
    public static async Task<int> RunAsync(
        string root,
        BenchPlan plan,
        Func<Suite, CancellationToken, Task<SuiteResult>> measure,
        CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(plan.Deadline);
        try
        {
            using var scratch = new ScratchFolder(root);
            var suite = new Suite(root, plan, scratch);
            if (!File.Exists(suite.ServerPath))
                throw new BenchException(
                    $"no server at {Path.GetRelativePath(root, suite.ServerPath)}: build it first");
            var result = await measure(suite, limit.Token);
            await SuiteReport.WriteAsync(result, plan, Path.Combine(root, "bench/results"), Console.Out);
            return 0;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new BenchException($"the suite did not end within {plan.Deadline}");
        }
    }

    public Task<Machine> ReadMachineAsync(CancellationToken cancellation, params string[] programs) =>
        Machine.ReadAsync(scratch.File("sync-probe"), programs, cancellation);

    /// <summary>A Baton server on a folder of its own; started again with the same name, on the same data.</summary>
    public Task<BatonTarget> StartBatonAsync(
        string folder, CancellationToken cancellation, string? database = null) =>
        BatonTarget.StartAsync(ServerPath, scratch.Folder(folder), Key, Wrk, database, cancellation);
}
