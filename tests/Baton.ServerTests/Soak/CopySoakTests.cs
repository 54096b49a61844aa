using System.Diagnostics;
using System.Text;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Platform.Storage.Copying;
using Baton.ServerTests.Soak.Clients;

namespace Baton.ServerTests.Soak;

/// <summary>A large database moves to PostgreSQL and back, in constant memory, and is the same.</summary>
[Collection(SoakCollection.Name)]
public sealed class CopySoakTests
{
    const int Writers = 64;

    /// <summary>In MiB, of the memory that the runtime manages: a copy that needs more ends, however many rows there are.</summary>
    const int HeapMebibytes = 96;

    static readonly TimeSpan s_deadline = TimeSpan.FromHours(1);

    [Fact]
    public async Task Copy_OfManyStashesToPostgresAndBack_HasTheSameHeadsAndDigests()
    {
        Backend.SkipUnlessPostgres();
        await CopyAsync("a", "pg:b", "c");
    }

    [Fact]
    public async Task Copy_OfManyStashes_HasTheSameHeadsAndDigests() => await CopyAsync("a", "b");

    static async Task CopyAsync(params string[] places)
    {
        using var report = new SoakReport();
        using var databases = new CopyPlaces();
        var count = SoakSize.Of(small: 5_000, full: 1_000_000);
        await FillAsync(databases.DirectoryOf(places[0]), count);
        report.Figure("stashes", count);
        report.Figure("MiB of memory at most", HeapMebibytes);
        var proofs = new List<string>();
        foreach (var (from, to) in places.Zip(places.Skip(1)))
        {
            var start = Stopwatch.GetTimestamp();
            await using var copy = databases.LaunchCopy(from, to, HeapMebibytes);
            Assert.True(await copy.WaitForExitAsync(s_deadline) == 0, copy.Output);
            var lines = copy.Output.Split('\n');
            // The digests of all tables and the heads of all ledgers.
            proofs.Add(string.Join('\n', lines.Where(line =>
                line.StartsWith("equal ", StringComparison.Ordinal) || line.StartsWith("ledger of ", StringComparison.Ordinal))));
            Assert.Contains($"equal stash: {count} rows", copy.Output, StringComparison.Ordinal);
            report.Seconds($"from {from} to {to}", Stopwatch.GetElapsedTime(start));
            report.Figure("which is", lines[^1][(lines[^1].IndexOf('(', StringComparison.Ordinal) + 1)..].TrimEnd(')'));
        }

        Assert.Single(proofs.Distinct());
        report.Passed();
    }

    static async Task FillAsync(string directory, int count)
    {
        await using var server = await ServerProcess.StartAsync(
            directory, environment: new Dictionary<string, string> { ["BATON_DATABASE"] = "" });
        using var client = new SoakClient();
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number <= count)
                Assert.Equal(201, (await client.PutAsync(server.Url, $"stash-{number}", Content(number))).Status);
        })));
        Assert.Equal(0, await server.StopAsync());
    }

    static byte[] Content(int number) => Encoding.UTF8.GetBytes($"content of stash {number}".PadRight(200));
}
