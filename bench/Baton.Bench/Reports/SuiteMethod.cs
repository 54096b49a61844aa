namespace Baton.Bench.Reports;

/// <summary>How every suite measures load.</summary>
internal static class SuiteMethod
{
    public static IEnumerable<string> Lines(BenchPlan plan) =>
    [
        "All servers run at once on one machine, on loopback, with their data on one disk; they are loaded one after "
            + $"the other, in turns: {plan.RoundCount} rounds, {plan.RunTime.TotalSeconds} s each, after a warm-up of "
            + $"{plan.WarmUpTime.TotalSeconds} s each. Medians are compared. Only the ratios are meant to travel.",
        $"{plan.ConnectionCount} connections, one request at a time on each; {plan.BodyBytes}-byte payloads; "
            + $"{plan.HotNameCount} names or keys, drawn at random, where there are names. HTTP is driven by `wrk -t1` "
            + "and bench/wrk/*.lua (no two payloads are the same), Redis by redis-benchmark. An answer that is not a "
            + "success stops the suite.",
        "Baton: as a user starts it, with authentication and ledger, every 2xx sent after fsync. Redis: `appendonly "
            + "yes`, `appendfsync always`, no rewrite of its file during a run.",
        "Processor time, bytes written and memory are the kernel's counts for the server process (/proc).",
    ];
}
