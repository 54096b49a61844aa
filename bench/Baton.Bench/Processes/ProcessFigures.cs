using System.Globalization;

namespace Baton.Bench.Processes;

/// <summary>What the kernel counts for a process, from /proc.</summary>
internal readonly record struct ProcessFigures(double CpuSeconds, long WrittenBytes, long ResidentBytes, long PeakBytes)
{
    // USER_HZ: the unit of /proc/PID/stat, 100 on every Linux that .NET runs on.
    const double TicksPerSecond = 100;

    public static ProcessFigures Read(int processId) => new(
        CpuSecondsOf(processId),
        Number(File.ReadLines($"/proc/{processId}/io"), "write_bytes:"),
        Number(File.ReadLines($"/proc/{processId}/status"), "VmRSS:") * 1024,
        Number(File.ReadLines($"/proc/{processId}/status"), "VmHWM:") * 1024);

    static double CpuSecondsOf(int processId)
    {
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        // The second field, the name, is in brackets and may hold spaces; utime and stime are fields 14 and 15.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Parse(fields[11]) + Parse(fields[12])) / TicksPerSecond;
    }

    static long Number(IEnumerable<string> lines, string label)
    {
        var line = lines.First(line => line.StartsWith(label, StringComparison.Ordinal));
        return Parse(line[label.Length..].Replace("kB", "", StringComparison.Ordinal).Trim());
    }

    static long Parse(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);
}
