using Baton.Bench.Reports;

namespace Baton.Bench.Stashes;

/// <summary>What the stash suite found, for its page.</summary>
internal static class StashResult
{
    public static SuiteResult Of(StashFigures figures, BenchPlan plan) => new()
    {
        Name = "stash",
        Title = "stashes",
        Machine = figures.Machine,
        Criteria = StashCriteria.Of(figures),
        Load = [.. figures.Load.Values],
        Notes = Notes(figures),
        Method =
        [
            .. SuiteMethod.Lines(plan),
            "etcd: its defaults, one node.",
            "Bare Kestrel: one terminal handler, no routing, the runtime configuration of the server; status line, "
                + "headers and body are those that Baton answered, which is checked. Of a PUT it reads the body and "
                + "stores nothing.",
            $"Full store: a second Baton server with {plan.StoredCount} stashes, loaded over the same names as the "
                + $"first. Starts, and idle memory {plan.IdleTime.TotalSeconds} s after the last of them, are measured "
                + "on its database.",
            $"Verify: `GET /ledger/verify` over {plan.LedgerEntryCount} entries as a client sees it, beside SHA-256 of "
                + $"the same encodings from memory on one thread, in turns, {plan.RoundCount} times each.",
        ],
    };

    static List<string> Notes(StashFigures figures)
    {
        var (store, start, ledger) = (figures.FullStore, figures.Start, figures.Ledger);
        double Rate(string subject) => figures.Load[subject].MedianPerSecond;
        string Short(double figure) => SuiteReport.Short(figure);
        return
        [
            "What stands between PUT and Redis: the same HTTP exchange with nothing behind it reaches "
                + $"{Short(Rate(StashSubjects.BarePut) / Rate(StashSubjects.RedisSet))} of Redis SET, and Baton "
                + $"{Short(Rate(StashSubjects.Put) / Rate(StashSubjects.BarePut))} of that exchange.",
            $"{store.StoredCount} stashes were stored in {Short(store.LoadSeconds)} s; resident memory: at most "
                + $"{Short(store.ResidentBytes / 1e6)} MB after loading and after each run, peak "
                + $"{Short(store.PeakBytes / 1e6)} MB.",
            $"Seconds from process start to ready on that database: {SuiteReport.Each(start.ReadySeconds)}.",
            $"Resident memory, idle: {Short(start.IdleResidentBytes / 1e6)} MB.",
            $"{ledger.Entries} ledger entries (encoded {ledger.EncodingBytes / ledger.Entries} bytes each): verified "
                + $"in {SuiteReport.Each(ledger.VerifySeconds)} s; hashed alone in "
                + $"{SuiteReport.Each(ledger.HashSeconds)} s.",
        ];
    }
}
