using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Baton.Bench.Load;

namespace Baton.Bench.Reports;

/// <summary>What a suite found: the same on the page for people and in the JSON beside it.</summary>
internal sealed record SuiteResult
{
    /// <summary>The suite's name on the command line, and of its files.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required Machine Machine { get; init; }

    public required IReadOnlyList<Criterion> Criteria { get; init; }

    public required IReadOnlyCollection<Series> Load { get; init; }

    /// <summary>Findings beside the load, a line each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>How it was measured, a line each.</summary>
    public required IReadOnlyList<string> Method { get; init; }
}

/// <summary>Writes a suite's results: a page for people, and the same as JSON.</summary>
internal static class SuiteReport
{
    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>A short run has names of its own: it never replaces the evidence of a full one.</summary>
    public static async Task WriteAsync(SuiteResult result, BenchPlan plan, string folder, TextWriter output)
    {
        var name = plan.IsQuick ? result.Name + "-quick" : result.Name;
        var page = Page(result, plan);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, name + ".md"), page);
        await File.WriteAllTextAsync(
            Path.Combine(folder, name + ".json"), JsonSerializer.Serialize(result, Json) + "\n");
        await output.WriteLineAsync(page);
    }

    static string Page(SuiteResult result, BenchPlan plan)
    {
        var page = new StringBuilder();
        page.Append($"# Benchmark: {result.Title}\n\nWritten by `script/bench {result.Name}");
        page.Append(plan.IsQuick ? " --quick`: a short run, an indication only.\n\n" : "`.\n\n");
        AppendCriteria(page, result.Criteria);
        AppendRuns(page, result.Load);
        AppendList(page, "The rest", result.Notes);
        AppendList(page, "Method", result.Method);
        AppendMachine(page, result.Machine);
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

    static void AppendRuns(StringBuilder page, IReadOnlyCollection<Series> load)
    {
        if (load.Count == 0) return;
        page.Append("## Load, requests per second\n\n")
            .Append("| | each run | median | p50 ms | p99 ms | server CPU µs/request | server wrote bytes/request |\n")
            .Append("|---|---|---|---|---|---|---|\n");
        foreach (var series in load)
        {
            double Middle(Func<Run, double> figure) => Median.Of(series.Runs.Select(figure));
            page.Append($"| {series.Title} | {Each(series.Runs.Select(run => run.Load.RequestsPerSecond))} | ")
                .Append($"**{Short(series.MedianPerSecond)}** | {Short(Middle(run => run.Load.MedianMs))} | ")
                .Append($"{Short(Middle(run => run.Load.P99Ms))} | {Short(Middle(run => run.CpuMicros))} | ")
                .Append($"{Short(Middle(run => run.WrittenBytes))} |\n");
        }
        page.Append('\n');
    }

    static void AppendList(StringBuilder page, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0) return;
        page.Append($"## {title}\n\n");
        foreach (var line in lines) page.Append($"* {line}\n");
        page.Append('\n');
    }

    static void AppendMachine(StringBuilder page, Machine machine)
    {
        page.Append("## Machine\n\n")
            .Append($"* {machine.At:yyyy-MM-dd HH:mm} UTC, {machine.ProcessorCount} × {machine.Processor}, ")
            .Append($"{Short(machine.MemoryBytes / 1e9)} GB, {machine.System}\n")
            .Append($"* Writing 4 KiB and syncing it: {Short(machine.SyncMs)} ms (median)\n");
        foreach (var (program, version) in machine.Versions)
            page.Append($"* {program}: {version}\n");
    }

    /// <summary>Every figure, for a line.</summary>
    public static string Each(IEnumerable<double> figures) => string.Join(", ", figures.Select(Short));

    /// <summary>A figure with about three digits that count.</summary>
    public static string Short(double figure)
    {
        var format = Math.Abs(figure) switch { >= 100 => "F0", >= 10 => "F1", >= 1 => "F2", _ => "0.###" };
        return figure.ToString(format, CultureInfo.InvariantCulture);
    }
}
