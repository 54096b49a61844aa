using System.Diagnostics;
using System.Runtime.InteropServices;
using Baton.Bench.Load;
using Baton.Bench.Processes;

namespace Baton.Bench.Reports;

/// <summary>Where it was measured, and with what.</summary>
internal sealed record Machine
{
    const int SyncCount = 500;

    public required DateTimeOffset At { get; init; }

    public required string Processor { get; init; }

    public required int ProcessorCount { get; init; }

    public required long MemoryBytes { get; init; }

    public required string System { get; init; }

    /// <summary>Median of writing 4 KiB to the end of a file and syncing it.</summary>
    public required double SyncMs { get; init; }

    /// <summary>Program to version.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <param name="probePath">A file to write, on the disk that is measured.</param>
    /// <param name="programs">What was measured beside Baton: the command of each, which knows `--version`.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<Machine> ReadAsync(
        string probePath, IReadOnlyList<string> programs, CancellationToken cancellation)
    {
        return new Machine
        {
            At = TimeProvider.System.GetUtcNow(),
            Processor = ProcessorName(),
            ProcessorCount = Environment.ProcessorCount,
            MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            System = RuntimeInformation.OSDescription,
            SyncMs = MeasureSync(probePath),
            Versions = await VersionsOfAsync(programs, cancellation),
        };
    }

    static async Task<Dictionary<string, string>> VersionsOfAsync(
        IReadOnlyList<string> programs, CancellationToken cancellation)
    {
        var versions = new Dictionary<string, string> { [".NET"] = RuntimeInformation.FrameworkDescription };
        foreach (var program in programs)
            versions[Path.GetFileName(program)] = await Command.FirstLineAsync(program, "--version", cancellation);
        return versions;
    }

    static string ProcessorName()
    {
        const string label = "model name";
        var line = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal));
        return line is null
            ? RuntimeInformation.ProcessArchitecture.ToString()
            : line[(line.IndexOf(':') + 1)..].Trim();
    }

    static double MeasureSync(string probePath)
    {
        var block = new byte[4096];
        using var file = File.OpenHandle(probePath, FileMode.Create, FileAccess.Write);
        var milliseconds = new List<double>();
        for (var index = 0; index < SyncCount; index++)
        {
            var clock = Stopwatch.StartNew();
            RandomAccess.Write(file, block, (long)index * block.Length);
            RandomAccess.FlushToDisk(file);
            milliseconds.Add(clock.Elapsed.TotalMilliseconds);
        }
        return Median.Of(milliseconds);
    }
}
