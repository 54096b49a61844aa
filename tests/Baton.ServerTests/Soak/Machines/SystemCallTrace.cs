using System.Collections;
using System.Text.RegularExpressions;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Soak.Machines;

/// <summary>A traced call: where it began and where it ended, as places in one order of all threads.</summary>
internal sealed record SystemCall(string Name, string Text, int Began)
{
    public int Ended { get; set; } = int.MaxValue;

    public bool IsSend => Name is "sendto" or "sendmsg" || (Name is "write" or "writev" && Text.Contains("<socket:", StringComparison.Ordinal));

    public bool IsWriteTo(string suffix) => Name is "pwrite64" or "write" or "writev" or "pwritev" && IsOn(suffix);

    public bool IsSyncOf(string suffix) => Name is "fsync" or "fdatasync" && IsOn(suffix);

    // `fdatasync(85</data/baton.db-wal>`: the path of the first argument.
    bool IsOn(string suffix) => Text.Split('>', 2)[0].EndsWith(suffix, StringComparison.Ordinal);
}

/// <summary>The output of `strace -f -y`: system calls of all threads, in the order in which they began.</summary>
internal sealed partial class SystemCallTrace : IEnumerable<SystemCall>
{
    public static readonly string[] Calls =
        ["fsync", "fdatasync", "pwrite64", "pwritev", "write", "writev", "sendto", "sendmsg"];

    readonly List<SystemCall> _calls = [];

    /// <summary>Reads a trace, which is complete once it tells that the traced process has ended.</summary>
    public static async Task<SystemCallTrace> ReadAsync(string path, TimeSpan deadline, CancellationToken cancellation)
    {
        string[] lines = [];
        await Outside.UntilAsync(
            async () =>
            {
                lines = await File.ReadAllLinesAsync(path, cancellation);
                return lines is [.., var last] && last.Contains("+++ exited with", StringComparison.Ordinal);
            },
            deadline, "The tracer has not written the end of the process.");
        return Parse(lines);
    }

    public IEnumerator<SystemCall> GetEnumerator() => _calls.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A call that others overlap has two lines: `call(… &lt;unfinished ...&gt;` and `&lt;... call resumed&gt;`.</summary>
    static SystemCallTrace Parse(string[] lines)
    {
        var trace = new SystemCallTrace();
        var unfinished = new Dictionary<string, SystemCall>();
        for (var place = 1; place <= lines.Length; place++)
        {
            var match = Line().Match(lines[place - 1]);
            if (!match.Success) continue;
            var (thread, text) = (match.Groups["thread"].Value, match.Groups["rest"].Value);
            if (text.StartsWith("<... ", StringComparison.Ordinal))
            {
                if (unfinished.Remove(thread, out var begun)) begun.Ended = place;
                continue;
            }

            var open = text.IndexOf('(', StringComparison.Ordinal);
            if (open < 0) continue;
            var call = new SystemCall(text[..open], text, place);
            trace._calls.Add(call);
            if (text.Contains("<unfinished ...>", StringComparison.Ordinal)) unfinished[thread] = call;
            else call.Ended = place;
        }

        return trace;
    }

    [GeneratedRegex(@"^(?<thread>\d+)\s+(?<rest>.*)$")]
    private static partial Regex Line();
}
