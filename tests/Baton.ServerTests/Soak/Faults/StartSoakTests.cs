using System.Diagnostics;
using System.Text;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak.Faults;

/// <summary>A start reads a bounded part of the database, however large that is.</summary>
[Collection(SoakCollection.Name)]
public sealed class StartSoakTests
{
    const int Writers = 64;

    [Fact]
    public async Task Start_WithManyStashes_BecomesReady()
    {
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        using var client = new SoakClient();
        var count = SoakSize.Of(small: 20_000, full: 1_000_000);
        await using (var server = await ServerProcess.StartAsync(data.Path))
        {
            var start = Stopwatch.GetTimestamp();
            var next = 0;
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
            {
                while (Interlocked.Increment(ref next) is var number && number <= count)
                    Assert.Equal(201, (await client.PutAsync(server.Url, $"stash-{number}", Content(number))).Status);
            })));
            report.Seconds("writing them", Stopwatch.GetElapsedTime(start));
            report.Mebibytes("resident after it", server.MemoryBytes("VmRSS"));
            await server.KillAsync();
        }

        report.Figure("stashes", count);
        report.Mebibytes("database and log", new DirectoryInfo(data.Path).EnumerateFiles().Sum(file => file.Length));
        await StartAsync(data.Path, client, count, report, "after kill -9");
        await StartAsync(data.Path, client, count, report, "after SIGTERM");
        report.Passed();
    }

    static async Task StartAsync(string directory, SoakClient client, int count, SoakReport report, string when)
    {
        var start = Stopwatch.GetTimestamp();
        await using var server = await ServerProcess.StartAsync(directory);
        report.Seconds($"ready {when}", Stopwatch.GetElapsedTime(start));
        report.Mebibytes("resident", server.MemoryBytes("VmRSS"));
        Assert.Equal(200, (await client.GetAsync(server.Url, "/readyz")).Status);
        foreach (var number in new[] { 1, count / 2, count })
            Assert.Equal(Content(number), (await client.GetAsync(server.Url, $"/stash/stash-{number}")).Body);
        start = Stopwatch.GetTimestamp();
        await client.VerifyAsync(server.Url);
        report.Seconds("ledger verified", Stopwatch.GetElapsedTime(start));
        start = Stopwatch.GetTimestamp();
        Assert.Equal(0, await server.StopAsync());
        report.Seconds("stopped", Stopwatch.GetElapsedTime(start));
    }

    static byte[] Content(int number) => Encoding.UTF8.GetBytes($"content of stash {number}".PadRight(200));
}
