using System.Diagnostics;
using System.Globalization;
using Baton.Bench.Processes;

namespace Baton.Bench.Load;

/// <summary>Drives Redis with its own redis-benchmark: one command over and over, no pipelining.</summary>
/// <param name="plan">How much.</param>
/// <param name="port">Where Redis listens.</param>
/// <param name="command">The command; `__rand_int__` in it is one of the names, drawn at random.</param>
internal sealed class RedisBenchmark(BenchPlan plan, int port, params string[] command)
{
    // redis-benchmark takes a number of requests, not a time: it follows from the rate of the run before.
    double _requestsPerSecond = 20_000;

    public async Task<LoadFigures> RunAsync(TimeSpan duration, CancellationToken cancellation)
    {
        var requests = (long)(_requestsPerSecond * duration.TotalSeconds);
        var start = new ProcessStartInfo("redis-benchmark",
        [
            "-h", "127.0.0.1", "-p", Text(port), "-c", Text(plan.ConnectionCount),
            "-r", Text(plan.HotNameCount), "-n", Text(requests), "--csv", .. command,
        ]);
        var output = await Command.RunAsync(start, 10 * duration + TimeSpan.FromSeconds(30), cancellation);
        var figures = Parse(output, requests);
        _requestsPerSecond = figures.RequestsPerSecond;
        return figures;
    }

    // "test","rps","avg_latency_ms",…,"p50_latency_ms","p95_latency_ms","p99_latency_ms",…
    // "SET key:__rand_int__ …","61349.69","0.967",…
    LoadFigures Parse(string output, long requests)
    {
        var rows = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Cells).ToList();
        var names = rows.Find(row => row[0] == "test");
        var values = rows.Find(row => row[0].StartsWith(command[0], StringComparison.OrdinalIgnoreCase));
        if (names is null || values is null || values.Count != names.Count)
            throw new BenchException($"redis-benchmark gave no throughput line: {output}");

        double Figure(string name) => double.Parse(values[names.IndexOf(name)], CultureInfo.InvariantCulture);
        var rate = Figure("rps");
        return rate > 0
            ? new LoadFigures(rate, requests, Figure("p50_latency_ms"), Figure("p99_latency_ms"), AnswerBytes: 0)
            : throw new BenchException($"redis-benchmark gave no throughput: {output}");
    }

    static List<string> Cells(string row) => [.. row.Trim().Split(',').Select(cell => cell.Trim('"'))];

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
