using System.Diagnostics;
using System.Text;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Soak.Clients;

/// <summary>
/// Appends lines to a stash of its own, each with an Idempotency-Key and until it is acknowledged, on another node when
/// one does not answer.
/// </summary>
internal sealed class KeyedWriter(int number, Func<int, string> urlOf)
{
    static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(120);

    // How often it went to another node.
    int _moves;
    long _lastTimestamp;

    public string Stash => $"log-{number}";

    /// <summary>Acknowledged, each once.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Attempts that ended without an answer.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Answers that told to try again.</summary>
    public int Refused { get; private set; }

    /// <summary>Answers that had been given before.</summary>
    public int Replayed { get; private set; }

    /// <summary>The longest time between two acknowledgements.</summary>
    public TimeSpan LongestStall { get; private set; }

    public async Task RunAsync(CancellationToken done)
    {
        using var client = new SoakClient();
        _lastTimestamp = Stopwatch.GetTimestamp();
        while (!done.IsCancellationRequested)
        {
            var line = $"{number}:{Lines.Count}";
            await AppendAsync(client, line);
            Lines.Add(line);
            var stall = Stopwatch.GetElapsedTime(_lastTimestamp);
            LongestStall = stall > LongestStall ? stall : LongestStall;
            _lastTimestamp = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>
    /// Asserts that every acknowledged line is in its stash once and besides them nothing, and that the ledger says the
    /// same.
    /// </summary>
    public static async Task AssertOnceAsync(string url, IReadOnlyCollection<KeyedWriter> writers)
    {
        using var client = new SoakClient();
        foreach (var writer in writers)
        {
            var found = await client.GetAsync(url, "/stash/" + writer.Stash);
            var text = Encoding.UTF8.GetString(found.Body);
            Assert.Equal(writer.Lines, text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.Equal(writer.Lines.Count, found.Version);
        }

        var own = writers.Select(writer => "stash:" + writer.Stash).ToHashSet();
        var appended = (await client.ReadLedgerAsync(url)).Count(entry => own.Contains(entry.Resource!));
        Assert.Equal(writers.Sum(writer => writer.Lines.Count), appended);
        await client.VerifyAsync(url);
    }

    public static void Tell(SoakReport report, IReadOnlyCollection<KeyedWriter> writers)
    {
        report.Figure("writers", writers.Count);
        report.Figure("acknowledged writes checked", writers.Sum(writer => writer.Lines.Count));
        report.Figure("attempts without an answer", writers.Sum(writer => writer.Unanswered));
        report.Figure("told to try again", writers.Sum(writer => writer.Refused));
        report.Figure("answered again", writers.Sum(writer => writer.Replayed));
        report.Seconds("longest stall", writers.Max(writer => writer.LongestStall));
    }

    async Task AppendAsync(SoakClient client, string line)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await TryAppendAsync(client, line))
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_deadline, $"{line} was not acknowledged.");
            await Outside.BreatheAsync();
        }
    }

    async Task<bool> TryAppendAsync(SoakClient client, string line)
    {
        try
        {
            var answer = await client.AppendAsync(
                urlOf(number + _moves), Stash, Encoding.UTF8.GetBytes(line + "\n"), ("Idempotency-Key", line));
            if (answer.IsReplayed) Replayed++;
            if (answer.IsGood) return true;
            if (answer.Code != "idempotency.in_progress")
            {
                Assert.Equal("storage.unavailable", answer.Code);
                Assert.Equal(503, answer.Status);
                Assert.True(answer.RetryAfter > TimeSpan.Zero, "No Retry-After");
            }

            Refused++;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            Unanswered++;
            _moves++;
        }

        return false;
    }
}
