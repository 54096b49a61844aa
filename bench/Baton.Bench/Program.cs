using System.Runtime.InteropServices;
using Baton.Bench;
using Baton.Bench.Ledger;
using Baton.Bench.Postgres;
using Baton.Bench.Reports;
using Baton.Bench.Schemas;
using Baton.Bench.Stashes;
using Baton.Bench.Store;
using Baton.Bench.Streams;
using Baton.Bench.Targets;

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Cancel);

try
{
    return args switch
    {
        ["bare", var url, var answerPath] => await BareServer.ServeAsync(url, answerPath, stop.Token),
        ["hash", var encodingsPath] => EncodingHasher.Run(encodingsPath),
        [var name, "--root", var root] => await RunAsync(name, root, BenchPlan.Full),
        [var name, "--root", var root, "--quick"] => await RunAsync(name, root, BenchPlan.Short),
        [var name, "--root", var root, "--rounds", var rounds] when int.TryParse(rounds, out var count) =>
            await RunAsync(name, root, BenchPlan.Full with { RoundCount = Math.Clamp(count, 1, 50) }),
        _ => Usage(),
    };
}
catch (Exception) when (stop.IsCancellationRequested)
{
    // Ctrl-C reaches the child processes as well: what they then fail with is no news.
    await Console.Error.WriteLineAsync("bench: stopped");
    return 130;
}
catch (BenchException failure)
{
    await Console.Error.WriteLineAsync($"bench: {failure.Message}");
    return 1;
}

async Task<int> RunAsync(string name, string root, BenchPlan plan)
{
    var suites = new Dictionary<string, Func<Suite, CancellationToken, Task<SuiteResult>>>
    {
        ["stash"] = StashSuite.MeasureAsync,
        ["stream"] = StreamSuite.MeasureAsync,
        ["store"] = StoreSuite.MeasureAsync,
        ["postgres"] = PostgresSuite.MeasureAsync,
        ["schema"] = SchemaSuite.MeasureAsync,
    };
    var wanted = suites.Where(suite => name == "all" || suite.Key == name).ToList();
    if (wanted.Count == 0) return Usage();
    foreach (var suite in wanted) await Suite.RunAsync(root, plan, suite.Value, stop.Token);
    return 0;
}

void Cancel(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

static int Usage()
{
    Console.Error.WriteLine("usage: Baton.Bench all|SUITE --root REPOSITORY [--quick | --rounds N]   (script/bench calls it)");
    return 2;
}
