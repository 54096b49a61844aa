using System.Diagnostics;
using System.Text;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak.Faults;

/// <summary>An answer of success is sent only after its commit is on disk: seen in the order of the system calls.</summary>
[Collection(SoakCollection.Name)]
public sealed class FsyncSoakTests
{
    const string Tracer = "/usr/bin/strace";
    static readonly TimeSpan s_traceDeadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Write_WhenAcknowledged_WasSyncedBefore()
    {
        Backend.SkipUnlessEmbedded("PostgreSQL syncs for itself.");
        Assert.SkipUnless(await MayTraceAsync(), $"{Tracer} cannot trace processes here.");
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        using var traces = new ScratchDirectory();
        var path = Path.Combine(traces.Path, "trace");
        var writes = SoakSize.Of(small: 6, full: 100);
        // -D: the server stays this process's child, and gets its signals. -y: descriptors with their paths.
        await using (var server = await ServerProcess.StartAsync(data.Path, port: 0, environment: null,
            Tracer, "-D", "-f", "-y", "-s", "128", "-o", path, "-e", "trace=" + string.Join(',', SystemCallTrace.Calls)))
        {
            await WriteAsync(server.Url, writes);
            await server.StopAsync();
        }

        var trace = await SystemCallTrace.ReadAsync(path, s_traceDeadline, TestContext.Current.CancellationToken);
        var synced = AssertEveryAnswerWasSynced(trace);
        Assert.Equal(3 * writes, synced);
        report.Figure("acknowledgements with their sync before them", synced);
        report.Passed();
    }

    static async Task WriteAsync(string url, int count)
    {
        using var client = new SoakClient();
        for (var number = 0; number < count; number++)
        {
            var body = Encoding.UTF8.GetBytes($"content {number}");
            Assert.Equal(201, (await client.PutAsync(url, "traced", body)).Status);
            Assert.Equal(200, (await client.AppendAsync(url, "traced", body)).Status);
            Assert.Equal(200, (await client.SendAsync(url, HttpMethod.Delete, "/stash/traced")).Status);
        }
    }

    /// <summary>
    /// The requests came one after the other, so what the log got between two answers belongs to the second: it must
    /// be something, and a sync must have begun after the last of it and ended before the answer began.
    /// </summary>
    static int AssertEveryAnswerWasSynced(SystemCallTrace trace)
    {
        var answers = trace.Where(call => call.IsSend && call.Text.Contains("HTTP/1.1 20", StringComparison.Ordinal)).ToList();
        var previous = 0;
        foreach (var answer in answers)
        {
            var written = trace.LastOrDefault(
                call => call.IsWriteTo("-wal") && call.Began > previous && call.Began < answer.Began);
            Assert.True(written is not null, $"Nothing was written to the log before this answer: {answer.Text}");
            Assert.True(
                trace.Any(call => call.IsSyncOf("-wal") && call.Began > written.Ended && call.Ended < answer.Began),
                $"The log was not synced between its last write and this answer: {answer.Text}");
            previous = answer.Ended;
        }

        return answers.Count;
    }

    static async Task<bool> MayTraceAsync()
    {
        if (!File.Exists(Tracer)) return false;
        using var trial = Process.Start(new ProcessStartInfo(Tracer, ["-o", "/dev/null", "true"]) { RedirectStandardError = true })!;
        await trial.WaitForExitAsync(TestContext.Current.CancellationToken);
        return trial.ExitCode == 0;
    }
}
