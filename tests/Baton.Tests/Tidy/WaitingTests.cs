using System.Text.RegularExpressions;

namespace Baton.Tests.Tidy;

/// <summary>
/// No test sleeps, and none asks again and again: what it waits for is signalled. Both hide races, and take the time of
/// everybody. (A loop that sends requests until something else has ended is load, not a question.)
/// </summary>
public sealed partial class WaitingTests
{
    /// <summary>Where time may pass.</summary>
    const string Outside = "tests/Baton.ServerTests/Harness/Outside.cs";

    /// <summary>Who may wait there, and for whom: nobody can signal for a process that is killed or knows nothing of us.</summary>
    static readonly Dictionary<string, string> s_waiters = new()
    {
        ["tests/Baton.ServerTests/Soak/"] = "servers, clients and PostgreSQL in processes of their own, killed at random moments",
        ["tests/Baton.ServerTests/Platform/Storage/Copying/CopyInterruptionTests.cs"] = "PostgreSQL tells nobody who holds a lock",
    };

    /// <summary>Scripts that may sleep, and why.</summary>
    static readonly Dictionary<string, string> s_scripts = new()
    {
        ["script/postgres"] = "the processes of a PostgreSQL that was killed are children of nobody here",
    };

    [Fact]
    public void Time_InTheTests_PassesInOnePlace() => None(
        from file in Repository.Sources("tests")
        where file.Path != Outside && file.Path != "tests/Baton.Tests/Tidy/WaitingTests.cs"
        from line in file.Lines.Index()
        where Sleep().IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1} {line.Item.Trim()}");

    [Fact]
    public void Waits_OnTheOutside_AreOfThoseThatMay() => None(
        from file in Repository.Sources("tests")
        where !s_waiters.Keys.Any(may => file.Path.StartsWith(may, StringComparison.Ordinal))
        from line in file.Lines.Index()
        where WaitOutside().IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1} {line.Item.Trim()}");

    [Fact]
    public void Scripts_ThatTestOrShow_DoNotSleep() => None(
        from folder in (string[])["examples", "script", "tests", ".ci"]
        from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')
        where !name.Contains("/node_modules/", StringComparison.Ordinal) && Path.GetExtension(name) is "" or ".sh"
        where !s_scripts.ContainsKey(name)
        from line in File.ReadLines(path).Index()
        where SleepCommand().IsMatch(line.Item)
        select $"{name}:{line.Index + 1} {line.Item.Trim()}");

    [Fact]
    public void Exceptions_ThatAreAllowed_AreNeeded()
    {
        Assert.All(s_waiters.Keys, may => Assert.Contains(
            Repository.Sources("tests"),
            file => file.Path.StartsWith(may, StringComparison.Ordinal) && file.Lines.Any(WaitOutside().IsMatch)));
        Assert.All(s_scripts.Keys, may => Assert.Contains(
            File.ReadLines(Path.Combine(Repository.Root, may)), line => SleepCommand().IsMatch(line)));
    }

    static void None(IEnumerable<string> offenders)
    {
        var found = offenders.ToList();
        Assert.True(
            found.Count == 0,
            $"Wait for a signal instead; for a process of its own, with Outside:\n{string.Join('\n', found)}");
    }

    [GeneratedRegex(@"\b(Task\.(Delay(?!\(Timeout\.Infinite)|Yield)|Thread\.(Sleep|SpinWait|Yield)|SpinWait|SpinUntil|PeriodicTimer)\b")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\bOutside\.\w+Async\(")]
    private static partial Regex WaitOutside();

    [GeneratedRegex(@"(^|[;|&(]|\bdo\b|\bthen\b)\s*sleep\s")]
    private static partial Regex SleepCommand();
}
