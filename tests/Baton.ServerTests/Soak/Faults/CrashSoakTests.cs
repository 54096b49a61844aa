using Baton.Contracts.Events;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak.Faults;

/// <summary>kill -9 at any moment loses no acknowledged write and leaves no half of one.</summary>
[Collection(SoakCollection.Name)]
public sealed class CrashSoakTests
{
    const int Workers = 8;

    [Fact]
    public async Task Server_KilledUnderLoad_KeepsEveryAcknowledgedWrite()
    {
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await using var server = new RestartingServer(data.Path);
        using var crash = new Crash(random);
        var rounds = SoakSize.Of(small: 5, full: 50);
        for (var round = 0; round < rounds; round++)
        {
            if (round % 5 == 4) await server.KillStartingAsync(TimeSpan.FromMilliseconds(random.Next(50, 800)));
            var url = await server.StartAsync();
            await crash.CheckAsync(url);
            var load = crash.LoadAsync(url);
            await Outside.PassAsync(TimeSpan.FromMilliseconds(random.Next(50, 2000)));
            await server.KillAsync();
            await load;
        }

        await crash.CheckAsync(await server.StartAsync());
        Assert.Equal(0, await server.TerminateAsync());
        await crash.CheckAsync(await server.StartAsync(), isLast: true);
        Assert.Equal(0, await server.TerminateAsync());
        var (code, output) = await ServerProcess.RunAsync(data.Path, environment: null, "check");
        Assert.True(code == 0, output);
        report.Figure("rounds", rounds);
        report.Figure("kills", server.Kills);
        crash.Tell(report);
        report.Passed();
    }

    /// <summary>The first start makes the database, the workspace, a key and its file: no kill in between leaves it locked out.</summary>
    [Fact]
    public async Task FirstStart_KilledAtAnyMoment_SucceedsTheNextTime()
    {
        using var report = new SoakReport();
        var noKey = new Dictionary<string, string> { ["BATON_ADMIN_KEY"] = "" };
        var rounds = SoakSize.Of(small: 5, full: 100);
        for (var round = 0; round < rounds; round++)
        {
            using var data = new ScratchDirectory();
            await using var server = new RestartingServer(data.Path, noKey);
            await server.KillStartingAsync(TimeSpan.FromMilliseconds(Random.Shared.Next(100, 600)));
            var url = await server.StartAsync();
            var key = await File.ReadAllTextAsync(Path.Combine(data.Path, "admin-key"), TestContext.Current.CancellationToken);
            using var client = new SoakClient(key.Trim());
            Assert.Equal(201, (await client.PutAsync(url, "first", "content"u8.ToArray())).Status);
            await client.VerifyAsync(url);
        }

        report.Figure("first starts killed", rounds);
        report.Passed();
    }

    /// <summary>The clients, and what they know.</summary>
    sealed class Crash : IDisposable
    {
        readonly WriteRecord _record = new();
        readonly SharedStashes _shared = new();
        readonly SoakClient _reader = new();
        readonly CrashWorker[] _workers;
        LedgerEvent? _last;
        LedgerHead? _kept;

        public Crash(Random random) => _workers =
        [
            .. Enumerable.Range(0, Workers).Select(number => new CrashWorker(number, _record, _shared, new Random(random.Next()))),
        ];

        public Task LoadAsync(string url) => Task.WhenAll(_workers.Select(worker => Task.Run(() => worker.RunAsync(url))));

        public async Task CheckAsync(string url, bool isLast = false)
        {
            var entries = await _reader.ReadLedgerAsync(url, _last);
            _record.AssertIsAllIn(entries);
            _last = entries.LastOrDefault() ?? _last;
            await _shared.CheckAsync(_reader, url);
            foreach (var worker in _workers) await worker.CheckAsync(url);
            _kept = await _reader.VerifyAsync(url, _kept);
            Assert.Equal(_last!.Seq, _kept.Seq);
            if (isLast) Assert.Equal(_kept.Seq, (await _reader.ReadLedgerAsync(url)).Count);
        }

        public void Tell(SoakReport report)
        {
            report.Figure("connections", Workers);
            report.Figure("acknowledged writes checked", _record.Checked);
            report.Figure("unanswered writes found whole", _record.UnansweredFound);
            report.Figure("ledger entries", _last!.Seq);
        }

        public void Dispose()
        {
            _reader.Dispose();
            foreach (var worker in _workers) worker.Dispose();
        }
    }
}
