using Baton.Bench.Load;
using Baton.Bench.Reports;

namespace Baton.Bench.Stashes;

/// <summary>What is promised of stashes, and what was measured.</summary>
internal static class StashCriteria
{
    public static IReadOnlyList<Criterion> Of(StashFigures figures)
    {
        double Ratio(string subject, string reference) =>
            figures.Load[subject].MedianPerSecond / figures.Load[reference].MedianPerSecond;

        var stored = figures.FullStore.StoredCount;
        return
        [
            Criterion.AtLeast("durable PUT / Redis SET", Ratio(StashSubjects.Put, StashSubjects.RedisSet), 0.4, aim: 1),
            Criterion.AtLeast("durable PUT / etcd put", Ratio(StashSubjects.Put, StashSubjects.EtcdPut), 4),
            Criterion.AtLeast(
                "GET / bare Kestrel GET", Ratio(StashSubjects.Get, StashSubjects.BareGet), 0.8, aim: 0.95),
            Criterion.AtLeast(
                $"PUT, {stored} stored / empty store", Ratio(StashSubjects.FullPut, StashSubjects.Put), 0.9),
            Criterion.AtLeast(
                $"GET, {stored} stored / empty store", Ratio(StashSubjects.FullGet, StashSubjects.Get), 0.9),
            Criterion.Below($"resident memory, {stored} stored, MB", figures.FullStore.ResidentBytes / 1e6, 500),
            Criterion.Below("ready on an existing database, s", Median.Of(figures.Start.ReadySeconds), 1.5),
            Criterion.Below("idle resident memory, MB", figures.Start.IdleResidentBytes / 1e6, 120),
            Criterion.AtLeast(
                "ledger verify / SHA-256 alone",
                Median.Of(figures.Ledger.HashSeconds) / Median.Of(figures.Ledger.VerifySeconds),
                0.35),
        ];
    }
}
