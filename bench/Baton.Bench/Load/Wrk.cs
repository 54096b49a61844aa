using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Baton.Bench.Processes;

namespace Baton.Bench.Load;

/// <summary>Drives an HTTP server with wrk, one thread, and a script of bench/wrk.</summary>
internal sealed class Wrk(string scriptFolder, BenchPlan plan, string key)
{
    const string FiguresMark = "figures ";

    /// <summary>With another key than the first one of the server.</summary>
    public Wrk As(string otherKey) => new(scriptFolder, plan, otherKey);

    /// <summary>
    /// One run in which each request carries several things, which are what is counted.
    /// </summary>
    public async Task<LoadFigures> RunBatchesAsync(
        string script, Uri url, int batch, TimeSpan duration, CancellationToken cancellation)
    {
        var figures = await RunAsync(script, url, duration, cancellation, batch: batch);
        return figures with
        {
            RequestsPerSecond = figures.RequestsPerSecond * batch,
            Requests = figures.Requests * batch,
        };
    }

    /// <summary>One run; an answer that is an error, and a connection that failed, make it none.</summary>
    public async Task<LoadFigures> RunAsync(
        string script, Uri url, TimeSpan duration, CancellationToken cancellation, int connections = 0, int batch = 1)
    {
        var start = new ProcessStartInfo("wrk",
        [
            "-t1", "-c" + Text(connections > 0 ? connections : plan.ConnectionCount),
            "-d" + Text((int)duration.TotalSeconds) + "s",
            "-s", Path.Combine(scriptFolder, script), url.AbsoluteUri,
        ]);
        start.Environment["BENCH_WRK"] = scriptFolder;
        start.Environment["BENCH_KEY"] = key;
        start.Environment["BENCH_NAMES"] = Text(plan.HotNameCount);
        start.Environment["BENCH_BATCH"] = Text(batch);
        start.Environment["BENCH_BODY_BYTES"] = Text(plan.BodyBytes);
        var output = await Command.RunAsync(start, duration + TimeSpan.FromSeconds(30), cancellation);
        return Parse(script, output);
    }

    static LoadFigures Parse(string script, string output)
    {
        var line = output.Split('\n').FirstOrDefault(line => line.StartsWith(FiguresMark, StringComparison.Ordinal))
            ?? throw new BenchException($"wrk with {script} gave no figures: {output}");
        using var figures = JsonDocument.Parse(line[FiguresMark.Length..]);
        long Figure(string name) => figures.RootElement.GetProperty(name).GetInt64();

        string[] failures = ["connect", "read", "write", "status", "timeout"];
        if (failures.Any(name => Figure(name) != 0) || Figure("requests") == 0)
            throw new BenchException($"wrk with {script} saw failures: {line}");
        var requests = Figure("requests");
        return new LoadFigures(
            requests / (Figure("duration_us") / 1e6),
            requests,
            Figure("p50_us") / 1e3,
            Figure("p99_us") / 1e3,
            (double)Figure("bytes") / requests);
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
