using System.Text;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak;

/// <summary>A request that is sent again with its Idempotency-Key until it is answered has one effect.</summary>
[Collection(SoakCollection.Name)]
public sealed class RetrySoakTests
{
    const int Writers = 8;
    const int MaxAttempts = 1000;

    [Fact]
    public async Task Append_RetriedWithItsKeyOverCrashes_HappensOnce()
    {
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = new RestartingServer(data.Path);
        await server.StartAsync();
        using var done = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Writers).Select(number => new Writer(number)).ToArray();
        var work = Task.WhenAll(writers.Select(writer => Task.Run(() => writer.RunAsync(server, done.Token))));
        var kills = SoakSize.Of(small: 5, full: 50);
        for (var kill = 0; kill < kills; kill++)
        {
            await Outside.LoadAsync(50, 1500);
            await server.KillAsync();
            await server.StartAsync();
        }

        await done.CancelAsync();
        await work;
        await AssertOnceAsync(await server.UrlAsync(), writers);
        report.Figure("kills", kills);
        report.Figure("requests", writers.Sum(writer => writer.Lines.Count));
        report.Figure("sent again", writers.Sum(writer => writer.Retries));
        report.Figure("answered again", writers.Sum(writer => writer.Replays));
        report.Passed();
    }

    static async Task AssertOnceAsync(string url, Writer[] writers)
    {
        using var client = new SoakClient();
        var wanted = writers.SelectMany(writer => writer.Lines).ToList();
        var lines = new List<string>();
        var versions = 0L;
        foreach (var writer in writers)
        {
            var found = await client.GetAsync(url, "/stash/" + writer.Stash);
            lines.AddRange(Encoding.UTF8.GetString(found.Body).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            versions += found.Version;
        }

        Assert.Equal(wanted.Order(), lines.Order());
        Assert.Equal(wanted.Count, versions);
        var appended = (await client.ReadLedgerAsync(url)).Count(entry => entry.Action == "stash.append");
        Assert.Equal(wanted.Count, appended);
        await client.VerifyAsync(url);
    }

    /// <summary>Appends lines to a stash of its own, each until it is acknowledged.</summary>
    sealed class Writer(int number)
    {
        readonly Random _random = new(number);

        public string Stash => $"log-{number}";

        public List<string> Lines { get; } = [];

        public int Retries { get; private set; }

        public int Replays { get; private set; }

        public async Task RunAsync(RestartingServer server, CancellationToken done)
        {
            using var client = new SoakClient();
            while (!done.IsCancellationRequested)
            {
                var line = $"{number}:{Lines.Count}";
                var first = await AppendAsync(client, server, line);
                Lines.Add(line);
                // An agent that crashed before it noted the answer sends the same again, perhaps after a restart.
                if (_random.Next(20) > 0) continue;
                var second = await AppendAsync(client, server, line);
                Assert.True(second.IsReplayed);
                Assert.Equal((first.Status, first.Version, first.Seq), (second.Status, second.Version, second.Seq));
                Assert.Equal(first.Body, second.Body);
            }
        }

        async Task<Answer> AppendAsync(SoakClient client, RestartingServer server, string line)
        {
            for (var attempt = 0; attempt < MaxAttempts; attempt++)
            {
                var url = await server.UrlAsync();
                try
                {
                    var answer = await client.AppendAsync(
                        url, Stash, Encoding.UTF8.GetBytes(line + "\n"), ("Idempotency-Key", line));
                    if (answer.IsReplayed) Replays++;
                    if (answer.IsGood) return answer;
                    Assert.Equal("idempotency.in_progress", answer.Code);
                }
                catch (Exception gone) when (gone is HttpRequestException or IOException)
                {
                    Retries++;
                }
            }

            throw new InvalidOperationException($"{line} was not acknowledged in {MaxAttempts} attempts.");
        }
    }
}
