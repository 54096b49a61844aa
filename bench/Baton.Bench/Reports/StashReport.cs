using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Baton.Bench.Load;
using Baton.Bench.Stashes;

namespace Baton.Bench.Reports;

/// <summary>Writes the stash suite's results: a page for people, and the same as JSON.</summary>
internal static class StashReport
{
    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>A short run has names of its own: it never replaces the evidence of a full one.</summary>
    public static async Task WriteAsync(StashFigures figures, BenchPlan plan, string folder, TextWriter output)
    {
        var criteria = StashCriteria.Of(figures);
        var name = plan.IsQuick ? "stash-quick" : "stash";
        var page = Page(figures, plan, criteria);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, name + ".md"), page);
        await File.WriteAllTextAsync(
            Path.Combine(folder, name + ".json"), JsonSerializer.Serialize(new { figures, criteria }, Json) + "\n");
        await output.WriteLineAsync(page);
    }

    static string Page(StashFigures figures, BenchPlan plan, IReadOnlyList<Criterion> criteria)
    {
        var page = new StringBuilder();
        page.Append("# Benchmark: stashes\n\nWritten by `script/bench stash");
        page.Append(plan.IsQuick ? " --quick`: a short run, an indication only.\n\n" : "`.\n\n");
        AppendCriteria(page, criteria);
        AppendRuns(page, figures);
        AppendOthers(page, figures);
        page.Append(Method(plan));
        AppendMachine(page, figures.Machine);
        return page.ToString();
    }

    static void AppendCriteria(StringBuilder page, IReadOnlyList<Criterion> criteria)
    {
        page.Append("| measure | figure | target | aim | |\n|---|---|---|---|---|\n");
        foreach (var criterion in criteria)
        {
            var sign = criterion.IsUpperBound ? "<" : "≥";
            var aim = criterion.Aim is { } hope ? Short(hope) : "";
            var verdict = criterion.IsMet ? "met" : "**missed**";
            page.Append($"| {criterion.Measure} | {Short(criterion.Figure)} | {sign} {Short(criterion.Target)} ")
                .Append($"| {aim} | {verdict} |\n");
        }
        page.Append('\n');
    }

    static void AppendRuns(StringBuilder page, StashFigures figures)
    {
        page.Append("## Load, requests per second\n\n")
            .Append("| | each run | median | p50 ms | p99 ms | server CPU µs/request | server wrote bytes/request |\n")
            .Append("|---|---|---|---|---|---|---|\n");
        foreach (var series in figures.Load.Values)
        {
            double Middle(Func<Run, double> figure) => Median.Of(series.Runs.Select(figure));
            page.Append($"| {series.Title} | {Each(series.Runs.Select(run => run.Load.RequestsPerSecond))} | ")
                .Append($"**{Short(series.MedianPerSecond)}** | {Short(Middle(run => run.Load.MedianMs))} | ")
                .Append($"{Short(Middle(run => run.Load.P99Ms))} | {Short(Middle(run => run.CpuMicros))} | ")
                .Append($"{Short(Middle(run => run.WrittenBytes))} |\n");
        }
        page.Append('\n');
    }

    static void AppendOthers(StringBuilder page, StashFigures figures)
    {
        var (store, start, ledger) = (figures.FullStore, figures.Start, figures.Ledger);
        double Rate(string subject) => figures.Load[subject].MedianPerSecond;
        page.Append("## The rest\n\n")
            .Append("* What stands between PUT and Redis: the same HTTP exchange with nothing behind it reaches ")
            .Append($"{Short(Rate(StashSubjects.BarePut) / Rate(StashSubjects.RedisSet))} of Redis SET, and Baton ")
            .Append($"{Short(Rate(StashSubjects.Put) / Rate(StashSubjects.BarePut))} of that exchange.\n")
            .Append($"* {store.StoredCount} stashes were stored in {Short(store.LoadSeconds)} s; resident memory: ")
            .Append($"at most {Short(store.ResidentBytes / 1e6)} MB after loading and after each run, peak ")
            .Append($"{Short(store.PeakBytes / 1e6)} MB.\n")
            .Append($"* Seconds from process start to ready on that database: {Each(start.ReadySeconds)}.\n")
            .Append($"* Resident memory, idle: {Short(start.IdleResidentBytes / 1e6)} MB.\n")
            .Append($"* {ledger.Entries} ledger entries (encoded {ledger.EncodingBytes / ledger.Entries} bytes each): ")
            .Append($"verified in {Each(ledger.VerifySeconds)} s; hashed alone in {Each(ledger.HashSeconds)} s.\n\n");
    }

    static string Method(BenchPlan plan) => $"""
        ## Method

        * All servers run at once on one machine, on loopback, with their data on one disk; they are loaded one after
          the other, in turns: {plan.RoundCount} rounds, {plan.RunTime.TotalSeconds} s each, after a warm-up of
          {plan.WarmUpTime.TotalSeconds} s each. Medians are compared. Only the ratios are meant to travel.
        * {plan.ConnectionCount} connections, one request at a time on each; {plan.BodyBytes}-byte bodies;
          {plan.HotNameCount} names, drawn at random. HTTP is driven by `wrk -t1` and bench/wrk/*.lua (bodies of PUT
          differ), Redis by redis-benchmark. An answer that is not a success stops the suite.
        * Baton: as a user starts it, with authentication and ledger, every 2xx sent after fsync. Redis: `appendonly
          yes`, `appendfsync always`, no rewrite of its file during a run. etcd: its defaults, one node.
        * Bare Kestrel: one terminal handler, no routing, the runtime configuration of the server; status line, headers
          and body are those that Baton answered, which is checked. Of a PUT it reads the body and stores nothing.
        * Full store: a second Baton server with {plan.StoredCount} stashes, loaded over the same names as the first.
          Starts, and idle memory {plan.IdleTime.TotalSeconds} s after the last of them, are measured on its database.
        * Verify: `GET /ledger/verify` over {plan.LedgerEntryCount} entries as a client sees it, beside SHA-256 of the
          same encodings from memory on one thread, in turns, {plan.RoundCount} times each.
        * Processor time, bytes written and memory are the kernel's counts for the server process (/proc).


        """;

    static void AppendMachine(StringBuilder page, Machine machine)
    {
        page.Append("## Machine\n\n")
            .Append($"* {machine.At:yyyy-MM-dd HH:mm} UTC, {machine.ProcessorCount} × {machine.Processor}, ")
            .Append($"{Short(machine.MemoryBytes / 1e9)} GB, {machine.System}\n")
            .Append($"* Writing 4 KiB and syncing it: {Short(machine.SyncMs)} ms (median)\n");
        foreach (var (program, version) in machine.Versions)
            page.Append($"* {program}: {version}\n");
    }

    static string Each(IEnumerable<double> figures) => string.Join(", ", figures.Select(Short));

    static string Short(double figure)
    {
        var format = Math.Abs(figure) switch { >= 100 => "F0", >= 10 => "F1", >= 1 => "F2", _ => "0.###" };
        return figure.ToString(format, CultureInfo.InvariantCulture);
    }
}
