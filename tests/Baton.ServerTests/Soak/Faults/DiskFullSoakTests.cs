using System.Security.Cryptography;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak.Faults;

/// <summary>A full disk refuses writes and nothing else, and is over when there is room again.</summary>
[Collection(SoakCollection.Name)]
public sealed class DiskFullSoakTests
{
    const int DiskMebibytes = 24;
    const int MaxWrites = 5_000;
    const int Writers = 4;
    static readonly TimeSpan s_recoverDeadline = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("restarted after it")]
    [InlineData("stopped while full")]
    [InlineData("killed while full")]
    public async Task Disk_WhenFull_RefusesWritesUntilThereIsRoom(string variant)
    {
        Backend.SkipUnlessEmbedded("the disk is that of its file.");
        using var disk = SmallDisk.TryMount(DiskMebibytes);
        Assert.SkipWhen(disk is null, "Mounting a tmpfs is not permitted here.");
        using var report = new SoakReport();
        var acknowledged = new Dictionary<string, byte[]>();
        var rounds = SoakSize.Of(small: 1, full: 10);
        await using var server = new RestartingServer(disk.DataDirectory);
        await server.StartAsync();
        using var client = new SoakClient();
        for (var round = 0; round < rounds; round++)
        {
            disk.LeaveRoom(mebibytes: 4);
            await FillAsync(client, await server.UrlAsync(), acknowledged, round);
            await AssertReadsGoOnAsync(client, await server.UrlAsync(), acknowledged);
            await RestartFullAsync(server, client, variant, acknowledged);
            disk.MakeRoom();
            await RecoverAsync(client, await server.UrlAsync(), acknowledged, round);
            await AssertIsWholeAsync(client, await server.UrlAsync(), acknowledged);
            await server.KillAsync();
            await AssertIsWholeAsync(client, await server.StartAsync(), acknowledged);
            await DeleteAsync(client, await server.UrlAsync(), acknowledged);
            // An orderly end copies the log into the database: the next round finds room again.
            Assert.Equal(0, await server.TerminateAsync());
            await server.StartAsync();
        }

        Assert.Equal(0, await server.TerminateAsync());
        Assert.Equal(0, (await ServerProcess.RunAsync(disk.DataDirectory, environment: null, "check")).ExitCode);
        report.Figure("times full", rounds);
        report.Passed();
    }

    /// <summary>
    /// Where the disk is full exactly when the log's index has to grow, a commit's outcome is unknown: then the server
    /// ends, and after a start with room again everything acknowledged is there.
    /// </summary>
    [Fact]
    public async Task Disk_WithoutRoomForTheLogsIndex_LosesNothingAcknowledged()
    {
        Backend.SkipUnlessEmbedded("the disk is that of its file.");
        // SQLite's index of the log grows by 32 KiB: first for 4062 frames of one page and 24 bytes.
        const int FirstIndexBytes = 32 + (4062 * 4120);
        using var disk = SmallDisk.TryMount(DiskMebibytes);
        Assert.SkipWhen(disk is null, "Mounting a tmpfs is not permitted here.");
        using var report = new SoakReport();
        using var client = new SoakClient();
        var acknowledged = new Dictionary<string, byte[]>();
        await using (var server = await ServerProcess.StartAsync(disk.DataDirectory))
        {
            var log = new FileInfo(Path.Combine(disk.DataDirectory, "baton.db-wal")).Length;
            disk.LeaveRoomBytes(FirstIndexBytes - log + (8 * 4096));
            await FillToTheEndAsync(client, server, acknowledged);
            if (server.HasExited)
            {
                Assert.Equal(5, await server.WaitForExitAsync(s_recoverDeadline));
                var (code, output) = await ServerProcess.RunAsync(disk.DataDirectory);
                Assert.True(code == 5, $"serve ended with {code}: {output}");
                Assert.Contains("Is the disk full?", output, StringComparison.Ordinal);
            }

            report.Figure("server ended", server.HasExited ? "yes" : "no");
        }

        disk.MakeRoom();
        await using var again = await ServerProcess.StartAsync(disk.DataDirectory);
        await AssertIsWholeAsync(client, again.Url, acknowledged);
        report.Figure("acknowledged writes checked", acknowledged.Count);
        report.Passed();
    }

    /// <summary>One write after the other, until one is refused or the server has ended.</summary>
    static async Task FillToTheEndAsync(SoakClient client, ServerProcess server, Dictionary<string, byte[]> acknowledged)
    {
        for (var number = 0; number < MaxWrites; number++)
        {
            var (name, body) = ($"stash-{number}", RandomNumberGenerator.GetBytes(3000));
            try
            {
                var answer = await client.PutAsync(server.Url, name, body);
                if (answer.IsGood) acknowledged.Add(name, body);
                else if (answer.Code == "storage.full") return;
                else break;
            }
            catch (HttpRequestException)
            {
                break;
            }
        }

        await server.WaitForExitAsync(s_recoverDeadline);
    }

    /// <summary>Writes, several at once, until the disk is full: large bodies first, small ones at the end.</summary>
    static async Task FillAsync(SoakClient client, string url, Dictionary<string, byte[]> acknowledged, int round)
    {
        var size = 64 * 1024;
        for (var number = 0; number < MaxWrites; number++)
        {
            var attempts = Enumerable.Range(0, Writers)
                .Select(writer => (Name: $"stash-{round}-{number}-{writer}", Body: RandomNumberGenerator.GetBytes(size))).ToList();
            var answers = await Task.WhenAll(attempts.Select(attempt => client.PutAsync(url, attempt.Name, attempt.Body)));
            foreach (var (attempt, answer) in attempts.Zip(answers))
            {
                if (answer.IsGood) acknowledged.Add(attempt.Name, attempt.Body);
                else AssertIsFull(answer);
            }

            if (answers.All(answer => answer.IsGood)) continue;
            if (size == 1) return;
            size = Math.Max(1, size / 8);
        }

        Assert.Fail($"The disk was not full after {MaxWrites} writes.");
    }

    static void AssertIsFull(Answer answer)
    {
        Assert.Equal("storage.full", answer.Code);
        Assert.Equal(503, answer.Status);
        Assert.True(answer.RetryAfter > TimeSpan.Zero);
    }

    static async Task AssertReadsGoOnAsync(SoakClient client, string url, Dictionary<string, byte[]> acknowledged)
    {
        Assert.Equal("storage.full", (await client.GetAsync(url, "/readyz")).Code);
        Assert.Equal(200, (await client.GetAsync(url, "/healthz")).Status);
        Assert.Equal("storage.full", (await client.AppendAsync(url, "more", new byte[64 * 1024])).Code);
        await AssertIsWholeAsync(client, url, acknowledged);
    }

    static async Task AssertIsWholeAsync(SoakClient client, string url, Dictionary<string, byte[]> acknowledged)
    {
        foreach (var (name, body) in acknowledged)
        {
            var found = await client.GetAsync(url, "/stash/" + name);
            Assert.True(found.Body.AsSpan().SequenceEqual(body), $"{name}: {found.Status}, {found.Body.Length} bytes");
        }

        await client.VerifyAsync(url);
    }

    /// <summary>A server that starts on a full disk serves reads.</summary>
    static async Task RestartFullAsync(
        RestartingServer server, SoakClient client, string variant, Dictionary<string, byte[]> acknowledged)
    {
        if (variant == "restarted after it") return;
        if (variant == "stopped while full") Assert.Equal(0, await server.TerminateAsync());
        else await server.KillAsync();
        await AssertIsWholeAsync(client, await server.StartAsync(), acknowledged);
    }

    /// <summary>Writes succeed again without a restart, and the server says that it is ready.</summary>
    static async Task RecoverAsync(SoakClient client, string url, Dictionary<string, byte[]> acknowledged, int round)
    {
        var (name, body) = ($"after-{round}", RandomNumberGenerator.GetBytes(64 * 1024));
        await Outside.UntilAsync(
            async () =>
            {
                var answer = await client.PutAsync(url, name, body);
                if (!answer.IsGood) Assert.Equal("storage.full", answer.Code);
                return answer.IsGood;
            },
            s_recoverDeadline, "There is room again, but writes still fail.");
        acknowledged.Add(name, body);
        Assert.Equal(200, (await client.GetAsync(url, "/readyz")).Status);
    }

    static async Task DeleteAsync(SoakClient client, string url, Dictionary<string, byte[]> acknowledged)
    {
        foreach (var name in acknowledged.Keys)
            Assert.Equal(200, (await client.SendAsync(url, HttpMethod.Delete, "/stash/" + name)).Status);
        acknowledged.Clear();
    }
}
