using System.Diagnostics;
using System.Globalization;

namespace Baton.ServerTests.Soak;

/// <summary>
/// What one soak test showed. When BATON_SOAK_REPORT names a file, a line of a Markdown table is appended to it at
/// the end: the test, whether it passed, its figures, its duration.
/// </summary>
internal sealed class SoakReport : IDisposable
{
    static readonly string? s_path = Environment.GetEnvironmentVariable("BATON_SOAK_REPORT");

    readonly List<string> _figures = [];
    readonly long _start = Stopwatch.GetTimestamp();
    bool _hasPassed;

    public void Figure(string name, long value) => Figure(name, value.ToString("N0", CultureInfo.InvariantCulture));

    public void Figure(string name, string value) => _figures.Add($"{name} {value}");

    public void Mebibytes(string name, long bytes) => Figure(name, $"{Format(bytes / 1048576.0)} MiB");

    public void Seconds(string name, TimeSpan time) => Figure(name, $"{Format(time.TotalSeconds)} s");

    /// <summary>The test's last line.</summary>
    public void Passed() => _hasPassed = true;

    public void Dispose()
    {
        if (s_path is null) return;
        var test = TestContext.Current.Test?.TestDisplayName.Replace("Baton.ServerTests.Soak.", "", StringComparison.Ordinal);
        var seconds = Format(Stopwatch.GetElapsedTime(_start).TotalSeconds);
        File.AppendAllText(
            s_path, $"| {test} | {(_hasPassed ? "pass" : "FAIL")} | {string.Join("; ", _figures)} | {seconds} s |\n");
    }

    static string Format(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
