using System.Runtime.InteropServices;
using Baton.Bench;
using Baton.Bench.Ledger;
using Baton.Bench.Stashes;
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
        ["all" or "stash", "--root", var root] => await StashSuite.RunAsync(root, BenchPlan.Full, stop.Token),
        ["all" or "stash", "--root", var root, "--quick"] =>
            await StashSuite.RunAsync(root, BenchPlan.Short, stop.Token),
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

void Cancel(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

static int Usage()
{
    Console.Error.WriteLine("usage: Baton.Bench all|stash --root REPOSITORY [--quick]   (script/bench calls it)");
    return 2;
}
