using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Baton.Contracts.Events;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak;

/// <summary>
/// The fan-out with the example's worker as processes that are killed and stopped in the middle: every task is completed once,
/// by who held it last.
/// </summary>
[Collection(SoakCollection.Name)]
public sealed class ClaimSoakTests
{
    const string Namespace = "fanout";
    const int LeaseSeconds = 2;

    [Fact]
    public async Task FanOut_WithWorkersThatDie_CompletesEveryTaskOnce()
    {
        var workers = SoakSize.Of(small: 8, full: 16);
        var tasks = SoakSize.Of(small: 60, full: 2000);
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await using var server = await ServerProcess.StartAsync(data.Path);
        using var client = new SoakClient();
        await SplitAsync(client, server.Url, tasks);
        using var pool = new WorkerPool(server.Url, workers, new Random(seed));
        var collected = CollectAsync(client, server.Url, tasks);
        while (!collected.IsCompleted) await pool.DisturbAsync(collected);
        var snapshot = await collected;
        Assert.Equal(Enumerable.Range(0, tasks).Select(task => task * task), snapshot);
        var ledger = (await client.ReadLedgerAsync(server.Url)).Where(entry => entry.Resource?.StartsWith($"store:{Namespace}/task:", StringComparison.Ordinal) == true).ToList();
        foreach (var task in ledger.GroupBy(entry => entry.Resource)) CheckTask([.. task]);
        Assert.Equal(tasks, ledger.Count(entry => entry.Action == "store.complete"));
        await client.VerifyAsync(server.Url);
        report.Figure("workers", workers);
        report.Figure("tasks", tasks);
        report.Figure("workers killed", pool.Kills);
        report.Figure("workers stopped beyond their lease", pool.Stops);
        report.Figure("leases that ended", ledger.Count(entry => entry.Action == "store.lease_expired"));
        report.Passed();
    }

    /// <summary>Claimed; perhaps lost and claimed again, by one at a time; then completed by the last, and nothing after it.</summary>
    static void CheckTask(List<LedgerEvent> entries)
    {
        string? holder = null;
        Assert.Equal("store.set", entries[0].Action);
        foreach (var entry in entries.Skip(1))
        {
            switch (entry.Action)
            {
                case "store.claim":
                    Assert.Null(holder);
                    holder = entry.AgentId;
                    break;
                case "store.lease_expired":
                    Assert.NotNull(holder);
                    holder = null;
                    break;
                default:
                    Assert.Equal("store.complete", entry.Action);
                    Assert.Equal(holder, entry.AgentId);
                    Assert.Same(entries[^1], entry);
                    break;
            }
        }

        Assert.Equal("store.complete", entries[^1].Action);
    }

    static async Task SplitAsync(SoakClient client, string url, int tasks)
    {
        for (var start = 0; start < tasks; start += 500)
        {
            var set = Enumerable.Range(start, Math.Min(500, tasks - start))
                .Select(task => $$$"""  "task:{{{task}}}":{"item":{{{task}}},"status":"pending"}""");
            var meta = start == 0 ? [$$$"""  "meta":{"total":{{{tasks}}},"completed":0}"""] : Array.Empty<string>();
            var body = Encoding.UTF8.GetBytes($"{{\"set\":{{{string.Join(',', meta.Concat(set))}}}}}");
            var answer = await client.SendAsync(url, HttpMethod.Post, "/store/" + Namespace, body, ("Content-Type", "application/json"));
            Assert.True(answer.IsGood, answer.ToString());
        }
    }

    /// <summary>Waits until the counter says that all is done; the results of one snapshot, in order of the tasks.</summary>
    static async Task<List<int>> CollectAsync(SoakClient client, string url, int tasks)
    {
        var completed = 0;
        for (var version = 0L; completed < tasks;)
        {
            var answer = await client.GetAsync(url, $"/store/{Namespace}/meta?wait=5&after_version={version}");
            if (answer.Status == 204) continue;
            (version, completed) = (answer.Version, answer.Json<JsonElement>().GetProperty("completed").GetInt32());
        }

        // Exact: it is not more either.
        Assert.Equal(tasks, completed);
        var all = await client.SendAsync(url, HttpMethod.Get, $"/store/{Namespace}?prefix=task:", body: null, ("Accept", "application/x-ndjson"));
        return
        [
            .. Encoding.UTF8.GetString(all.Body).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))
                .Where(line => line.TryGetProperty("key", out _)).Select(line => line.GetProperty("value"))
                .OrderBy(value => value.GetProperty("item").GetInt32()).Select(value => value.GetProperty("result").GetInt32()),
        ];
    }

    /// <summary>The worker processes: some are killed, some are stopped for longer than their lease, all are replaced.</summary>
    sealed class WorkerPool : IDisposable
    {
        readonly string _url;
        readonly Random _random;
        readonly string _square = Path.GetTempFileName();
        readonly List<Process> _workers = [];
        int _started;

        public WorkerPool(string url, int count, Random random)
        {
            (_url, _random) = (url, random);
            File.WriteAllText(_square, "sleep 0.05\nexec jq '. * .'\n");
            for (var number = 0; number < count; number++) _workers.Add(Start());
        }

        public int Kills { get; private set; }

        public int Stops { get; private set; }

        /// <summary>After a while something happens to one of them.</summary>
        public async Task DisturbAsync(Task until)
        {
            await Outside.PassAsync(TimeSpan.FromMilliseconds(_random.Next(100, 600)), until);
            if (until.IsCompleted) return;
            var index = _random.Next(_workers.Count);
            var worker = _workers[index];
            if (!worker.HasExited && _random.Next(3) == 0)
            {
                // It goes on when it is over, and comes late.
                Stops++;
                Signal(worker, "-STOP");
                await Outside.PassAsync(TimeSpan.FromSeconds(LeaseSeconds + 1), until);
                Signal(worker, "-CONT");
                return;
            }

            if (!worker.HasExited) Kills++;
            worker.Kill(entireProcessTree: true);
            worker.Dispose();
            _workers[index] = Start();
        }

        public void Dispose()
        {
            foreach (var worker in _workers)
            {
                worker.Kill(entireProcessTree: true);
                worker.WaitForExit();
                worker.Dispose();
            }

            File.Delete(_square);
        }

        Process Start()
        {
            var start = new ProcessStartInfo(Repository.PathOf("examples/task-fan-out/worker"), [Namespace, $"worker-{++_started}", "5"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["BATON"] = _url;
            start.Environment["BATON_KEY"] = TestServer.AdminSecret;
            start.Environment["LEASE"] = LeaseSeconds.ToString(CultureInfo.InvariantCulture);
            start.Environment["PROCESS"] = "bash " + _square;
            var worker = Process.Start(start)!;
            // What it says is of no interest, but nobody may have to wait with it.
            worker.OutputDataReceived += (_, _) => { };
            worker.ErrorDataReceived += (_, _) => { };
            worker.BeginOutputReadLine();
            worker.BeginErrorReadLine();
            return worker;
        }

        static void Signal(Process process, string signal)
        {
            using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
    }
}
