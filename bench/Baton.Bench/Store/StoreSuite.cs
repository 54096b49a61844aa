using System.Diagnostics;
using System.Globalization;
using Baton.Bench.Load;
using Baton.Bench.Reports;
using Baton.Bench.Targets;

namespace Baton.Bench.Store;

/// <summary>`script/bench store`: records beside Redis and bare Kestrel; claims; how cost grows.</summary>
internal static class StoreSuite
{
    const int BulkCount = 100;
    const int WorkerCount = 64;
    const int SnapshotCount = 10_000;
    const string Set = "set";
    const string Bulk = "bulk_set";
    const string Increment = "increment";
    const string Get = "get";
    const string BareGet = "bare_get";
    const string RedisSet = "redis_set";
    const string RedisIncrement = "redis_hincrby";
    const string Claims = "claims";
    const string ClaimsBesideFinished = "claims_beside_finished";

    public static async Task<SuiteResult> MeasureAsync(Suite suite, CancellationToken cancellation)
    {
        var plan = suite.Plan;
        var machine = await suite.ReadMachineAsync(cancellation, "redis-server", "redis-benchmark", "wrk");
        await using var redis = await RedisTarget.StartAsync(suite.Scratch.Folder("redis"), plan, cancellation);
        await using var baton = await suite.StartBatonAsync("baton", cancellation);
        await FillAsync(suite, baton, "bench", plan.HotNameCount, cancellation);
        await using var bare = await StartBareAsync(suite, baton, cancellation);
        var load = new Dictionary<string, Series>(await suite.Rounds.RunAsync(
        [
            new(Set, "Baton PUT of a record", baton.ProcessId, Run(baton, "store-set.lua")),
            new(RedisSet, "Redis SET, appendfsync always", redis.ProcessId, redis.SetAsync),
            new(Bulk, $"Baton bulk set, {BulkCount} records a request, records", baton.ProcessId,
                (time, token) => suite.Wrk.RunBatchesAsync("store-bulk.lua", baton.Url, BulkCount, time, token)),
            new(Increment, "Baton increment", baton.ProcessId, Run(baton, "store-increment.lua")),
            new(RedisIncrement, "Redis HINCRBY, appendfsync always", redis.ProcessId, redis.IncrementAsync),
            new(Get, "Baton GET of a record", baton.ProcessId, Run(baton, "store-get.lua")),
            new(BareGet, "bare Kestrel GET", bare.ProcessId, Run(bare, "store-get.lua")),
        ], cancellation));
        await redis.CheckAsync(cancellation);
        var finished = await MeasureClaimsAsync(suite, load, cancellation);
        var snapshotBytes = await MeasureSnapshotAsync(suite, baton, cancellation);
        var curve = await MeasureCurveAsync(suite, cancellation);
        double Rate(string id) => load[id].MedianPerSecond;
        return new SuiteResult
        {
            Name = "store",
            Title = "the namespaced store",
            Machine = machine,
            Criteria =
            [
                Criterion.AtLeast("set / Redis SET", Rate(Set) / Rate(RedisSet), 0.4, aim: 1),
                Criterion.AtLeast("increment / Redis HINCRBY", Rate(Increment) / Rate(RedisIncrement), 0.3, aim: 1),
                Criterion.AtLeast($"records in bulks of {BulkCount} / Redis SET", Rate(Bulk) / Rate(RedisSet), 2),
                Criterion.AtLeast("get / bare Kestrel GET", Rate(Get) / Rate(BareGet), 0.8),
                Criterion.AtLeast(
                    $"{SnapshotCount} records in one answer, MB of JSON a second", snapshotBytes / 1e6, 100),
                Criterion.AtLeast("claim and complete, tasks a second", Rate(Claims), 5000),
                Criterion.AtLeast(
                    $"claims beside {finished} finished tasks / beside none", Rate(ClaimsBesideFinished) / Rate(Claims),
                    0.8),
            ],
            Load = [.. load.Values],
            Notes = curve,
            Method =
            [
                .. SuiteMethod.Lines(plan),
                "Increments go to a number inside a random one of as many records (Redis: hashes).",
                $"Claims: {WorkerCount} workers in the bench process, on the same cores as the server; a task is two "
                    + "requests. Enough tasks are added before each run.",
                "The answer of a whole namespace: one after the other, after a warm-up; its time from the request to the "
                    + "last byte.",
                "The curve: one namespace that grows; PUT of a present key, GET, a page of 50 keys from its middle.",
            ],
        };
    }

    static Func<TimeSpan, CancellationToken, Task<LoadFigures>> Run(BatonTarget baton, string script) =>
        (time, token) => baton.RunAsync(script, time, token);

    static Func<TimeSpan, CancellationToken, Task<LoadFigures>> Run(BareTarget bare, string script) =>
        (time, token) => bare.RunAsync(script, time, token);

    static async Task<long> MeasureClaimsAsync(
        Suite suite, Dictionary<string, Series> load, CancellationToken cancellation)
    {
        var finished = suite.Plan.StoredCount;
        await using var baton = await suite.StartBatonAsync("claims", cancellation);
        var fresh = new ClaimLoad(baton.Url, suite.Key, "fresh", WorkerCount);
        var old = new ClaimLoad(baton.Url, suite.Key, "old", WorkerCount);
        await suite.Progress.WriteLineAsync($"storing {finished} finished tasks");
        await old.FillAsync(finished, "done", cancellation);
        await old.IndexAsync(cancellation);
        Func<TimeSpan, CancellationToken, Task<LoadFigures>> Work(ClaimLoad claims) => async (time, token) =>
        {
            await claims.FillAsync((long)(20_000 * time.TotalSeconds), "pending", token);
            return await claims.RunAsync(time, token);
        };
        foreach (var (id, series) in await suite.Rounds.RunAsync(
        [
            new(Claims, "Baton claim and complete, tasks", baton.ProcessId, Work(fresh)),
            new(ClaimsBesideFinished, $"the same beside {finished} finished tasks", baton.ProcessId, Work(old)),
        ], cancellation))
            load.Add(id, series);
        return finished;
    }

    static async Task<double> MeasureSnapshotAsync(Suite suite, BatonTarget baton, CancellationToken cancellation)
    {
        await FillAsync(suite, baton, "snapshot", SnapshotCount, cancellation);
        using var client = baton.Client();
        client.DefaultRequestHeaders.Add("Accept", "application/x-ndjson");
        var speeds = new List<double>();
        var warm = Stopwatch.StartNew();
        while (speeds.Count < suite.Plan.RoundCount)
        {
            var clock = Stopwatch.StartNew();
            var body = await client.GetByteArrayAsync(new Uri(baton.Url, "/store/snapshot"), cancellation);
            // As for the loads, the runtime has compiled the path by then.
            if (warm.Elapsed > suite.Plan.WarmUpTime) speeds.Add(body.Length / clock.Elapsed.TotalSeconds);
        }

        return Median.Of(speeds);
    }

    /// <summary>Microseconds of one request at a time, with more and more records beside.</summary>
    static async Task<List<string>> MeasureCurveAsync(Suite suite, CancellationToken cancellation)
    {
        await using var baton = await suite.StartBatonAsync("curve", cancellation);
        var lines = new List<string>();
        var stored = 0;
        foreach (var count in new[] { 10, 10_000, suite.Plan.StoredCount })
        {
            await FillAsync(suite, baton, "curve", count, cancellation, stored);
            stored = count;
            using var connection = await HttpConnection.OpenAsync(baton.Url, cancellation);
            string Key() => Uri.EscapeDataString(KeyOf(Random.Shared.Next(stored)));
            var put = await TimeAsync(connection, () => StashRequests.Json(
                baton.Url, suite.Key, "PUT", "/store/curve/" + Key(), "\"another value\""), cancellation);
            var get = await TimeAsync(
                connection, () => GetText(baton, suite.Key, "/store/curve/" + Key()), cancellation);
            var list = await TimeAsync(connection, () => GetText(
                baton, suite.Key, $"/store/curve?limit=50&prefix={KeyOf(stored / 2)[..^2]}"), cancellation);
            lines.Add(
                $"With {count} records, one request at a time: PUT {SuiteReport.Short(put)} µs, GET "
                + $"{SuiteReport.Short(get)} µs, a page of 50 {SuiteReport.Short(list)} µs (medians).");
        }

        return lines;
    }

    static string GetText(BatonTarget baton, string key, string path) =>
        $"GET {path} HTTP/1.1\r\nHost: {baton.Url.Authority}\r\nX-API-KEY: {key}\r\n\r\n";

    static async Task<double> TimeAsync(
        HttpConnection connection, Func<string> request, CancellationToken cancellation)
    {
        const int count = 2000;
        var times = new List<double>();
        for (var index = 0; index < count; index++)
        {
            var bytes = System.Text.Encoding.ASCII.GetBytes(request());
            var start = Stopwatch.GetTimestamp();
            await connection.SendAsync(bytes, cancellation);
            var answer = await connection.ReadAnswerAsync(cancellation);
            if (!answer.IsSuccess) throw new BenchException($"the curve: {answer.StatusLine}");
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return Median.Of(times);
    }

    static string KeyOf(int index) => string.Create(CultureInfo.InvariantCulture, $"bench-{index:D7}");

    static async Task FillAsync(
        Suite suite, BatonTarget baton, string space, int count, CancellationToken cancellation, int from = 0)
    {
        const int bulk = 1000;
        await suite.Progress.WriteLineAsync($"storing {count - from} records");
        for (var first = from; first < count; first += bulk)
        {
            var members = Enumerable.Range(first, Math.Min(bulk, count - first))
                .Select(index => $"\"{KeyOf(index)}\":\"{KeyOf(index).PadRight(suite.Plan.BodyBytes - 2, 'x')}\"");
            await StashRequests.JsonAsync(
                baton.Url, suite.Key, "POST", "/store/" + space, $"{{\"set\":{{{string.Join(',', members)}}}}}",
                cancellation);
        }
    }

    /// <summary>The same answer as Baton's to the byte, with nothing behind it.</summary>
    static async Task<BareTarget> StartBareAsync(Suite suite, BatonTarget baton, CancellationToken cancellation)
    {
        var get = await StashRequests.AskAsync(
            baton.Url, GetText(baton, suite.Key, "/store/bench/" + KeyOf(0)), cancellation);
        var put = await StashRequests.JsonAsync(
            baton.Url, suite.Key, "PUT", "/store/bench/" + KeyOf(0), $"\"{new string('x', 100)}\"", cancellation);
        var runtimeConfigPath = Path.ChangeExtension(suite.ServerPath, ".runtimeconfig.json");
        return await BareTarget.StartAsync(
            runtimeConfigPath, suite.Scratch.File("bare.json"), new BareAnswers(get, put), suite.Wrk, cancellation);
    }
}
