using System.Diagnostics;
using System.Globalization;

namespace Baton.ServerTests.Harness;

/// <summary>
/// Time that passes, and questions that are asked again: only about processes of their own (servers that are killed,
/// PostgreSQL, workers), which signal nothing to this one. The only place where the tests sleep, and every question has
/// a deadline; everywhere else something is signalled.
/// </summary>
internal static class Outside
{
    static readonly TimeSpan s_breath = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Whoever runs the tests ignores SIGINT, and with it every process that they start, as in the background of a shell.
    /// </summary>
    public static bool IgnoresInterrupt { get; } = ReadIgnoresInterrupt();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Asks until it is so. Fails after the deadline, with what is not so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, TimeSpan deadline, string otherwise)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < deadline, otherwise);
            await BreatheAsync();
        }
    }

    /// <summary>What a client does that was refused, or found nobody, before it tries again.</summary>
    public static Task BreatheAsync(CancellationToken patience = default) =>
        Task.Delay(s_breath, patience.CanBeCanceled ? patience : Cancellation);

    /// <summary>Whatever runs goes on for a while, a random one: then comes the next blow.</summary>
    public static Task LoadAsync(int minMs, int maxMs, Task? until = null) =>
        PassAsync(TimeSpan.FromMilliseconds(Random.Shared.Next(minMs, maxMs)), until);

    /// <summary>This much time passes, or less when something ends before: a pace of what is done, no wait for an effect.</summary>
    public static Task PassAsync(TimeSpan time, Task? until = null)
    {
        var passing = Task.Delay(time, Cancellation);
        return until is null ? passing : Task.WhenAny(passing, until);
    }

    static bool ReadIgnoresInterrupt()
    {
        const string Status = "/proc/self/status";
        const string Ignored = "SigIgn:";
        const ulong Interrupt = 1UL << 1;
        if (!File.Exists(Status)) return false;
        var mask = File.ReadLines(Status).First(line => line.StartsWith(Ignored, StringComparison.Ordinal))[Ignored.Length..];
        return (ulong.Parse(mask.Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) & Interrupt) != 0;
    }
}
