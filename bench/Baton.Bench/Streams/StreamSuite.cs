using Baton.Bench.Load;
using Baton.Bench.Reports;
using Baton.Bench.Targets;

namespace Baton.Bench.Streams;

/// <summary>`script/bench stream`: appends beside Redis and NATS; a thousand readers of one stream.</summary>
internal static class StreamSuite
{
    const int BatchCount = 100;
    const int ReaderCount = 1000;
    const string Append = "append";
    const string Batch = "append_batch";
    const string RedisAdd = "redis_xadd";
    const string NatsPublish = "nats_publish";

    public static async Task<SuiteResult> MeasureAsync(Suite suite, CancellationToken cancellation)
    {
        var plan = suite.Plan;
        var machine = await suite.ReadMachineAsync(cancellation, "redis-server", "nats-server", "wrk");
        await using var redis = await RedisTarget.StartAsync(suite.Scratch.Folder("redis"), plan, cancellation);
        await using var nats = await NatsTarget.StartAsync(suite.Scratch.Folder("nats"), plan, cancellation);
        await using var baton = await suite.StartBatonAsync("baton", cancellation);
        await StashRequests.JsonAsync(
            baton.Url, suite.Key, "POST", "/stream", """{"name":"bench"}""", cancellation);
        var load = await suite.Rounds.RunAsync(
        [
            new(Append, "Baton append, one entry a request", baton.ProcessId,
                (time, token) => baton.RunAsync("stream-append.lua", time, token)),
            new(Batch, $"Baton append, {BatchCount} entries a request, entries", baton.ProcessId,
                (time, token) => suite.Wrk.RunBatchesAsync("stream-append.lua", baton.Url, BatchCount, time, token)),
            new(RedisAdd, "Redis XADD, appendfsync always", redis.ProcessId, redis.AddAsync),
            new(NatsPublish, "NATS JetStream publish with ack, file store, not synced", nats.ProcessId,
                nats.PublishAsync),
        ], cancellation);
        await redis.CheckAsync(cancellation);
        await suite.Progress.WriteLineAsync($"{ReaderCount} readers of one stream");
        await using var calm = await suite.StartBatonAsync("fan-out", cancellation);
        var fanOut = await new FanOut(calm, suite.Key, ReaderCount, plan.IsQuick ? 30 : 200).RunAsync(cancellation);
        double Rate(string id) => load[id].MedianPerSecond;
        return new SuiteResult
        {
            Name = "stream",
            Title = "streams",
            Machine = machine,
            Criteria =
            [
                Criterion.AtLeast("durable append / Redis XADD", Rate(Append) / Rate(RedisAdd), 0.35, aim: 1),
                Criterion.AtLeast(
                    $"entries in batches of {BatchCount} / Redis XADD", Rate(Batch) / Rate(RedisAdd), 2),
                Criterion.AtLeast("durable append / NATS JetStream publish", Rate(Append) / Rate(NatsPublish), 3),
                Criterion.Below("append to receipt by 1 000 readers, p50, ms", fanOut.MedianMs, 1),
                Criterion.Below("append to receipt by 1 000 readers, p99, ms", fanOut.P99Ms, 10),
                Criterion.Below("resident memory per idle reader, KB", fanOut.BytesPerReader / 1e3, 30),
            ],
            Load = [.. load.Values],
            Notes =
            [
                $"{fanOut.Readers} readers, {fanOut.Receipts} receipts. From the writer's sending, the commit "
                    + $"included: p50 {SuiteReport.Short(fanOut.MedianMs)} ms, p99 {SuiteReport.Short(fanOut.P99Ms)} ms. From "
                    + $"the writer's answer: p50 {SuiteReport.Short(fanOut.AfterAnswerMedianMs)} ms, p99 "
                    + $"{SuiteReport.Short(fanOut.AfterAnswerP99Ms)} ms.",
            ],
            Method =
            [
                .. SuiteMethod.Lines(plan),
                "Appends go to one stream. XADD goes to one stream as well.",
                "NATS 2.9 has no setting that syncs before it acknowledges (`sync_interval` came later): its figure is "
                    + "that of a server that does less, one publish at a time on each connection.",
                "Readers: raw sockets in the bench process, on the same cores as the server; an entry is appended "
                    + "every 100 ms. Memory: the server's resident memory with all of them open, less that before.",
            ],
        };
    }
}
