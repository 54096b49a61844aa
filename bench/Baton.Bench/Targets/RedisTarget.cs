using System.Diagnostics;
using System.Globalization;
using Baton.Bench.Load;
using Baton.Bench.Processes;

namespace Baton.Bench.Targets;

/// <summary>A redis-server of our own that answers a SET only when it is on disk.</summary>
internal sealed class RedisTarget : IAsyncDisposable
{
    static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(15);

    readonly ChildProcess _process;
    readonly int _port;
    readonly RedisBenchmark _set;
    readonly RedisBenchmark _xadd;
    readonly RedisBenchmark _hincrby;

    RedisTarget(ChildProcess process, int port, BenchPlan plan)
    {
        _process = process;
        _port = port;
        // The value holds no commas, which would spoil the CSV that redis-benchmark prints.
        var value = new string('x', plan.BodyBytes);
        _set = new RedisBenchmark(plan, port, "SET", "key:__rand_int__", value);
        _xadd = new RedisBenchmark(plan, port, "XADD", "bench", "*", "data", value);
        _hincrby = new RedisBenchmark(plan, port, "HINCRBY", "key:__rand_int__:h", "n", "1");
    }

    public int ProcessId => _process.Id;

    public static async Task<RedisTarget> StartAsync(string folder, BenchPlan plan, CancellationToken cancellation)
    {
        var port = LocalPort.Take(1)[0];
        // No rewrite of the append-only file in a run: it would cost Redis, not us.
        string[] arguments =
        [
            "--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--dir", folder,
            "--appendonly", "yes", "--appendfsync", "always", "--auto-aof-rewrite-percentage", "0", "--save", "",
        ];
        var start = new ProcessStartInfo("redis-server", arguments);
        var (process, _) = await ChildProcess.StartAsync(
            "Ready to accept connections", StartTimeout, start, cancellation);
        return new RedisTarget(process, port, plan);
    }

    public Task<LoadFigures> SetAsync(TimeSpan duration, CancellationToken cancellation) =>
        _set.RunAsync(duration, cancellation);

    public Task<LoadFigures> AddAsync(TimeSpan duration, CancellationToken cancellation) =>
        _xadd.RunAsync(duration, cancellation);

    public Task<LoadFigures> IncrementAsync(TimeSpan duration, CancellationToken cancellation) =>
        _hincrby.RunAsync(duration, cancellation);

    /// <summary>Redis did what its figures claim: every write synced, none refused.</summary>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        var policy = await AskAsync(cancellation, "CONFIG", "GET", "appendfsync");
        var statistics = await AskAsync(cancellation, "INFO");
        if (!policy.Contains("always", StringComparison.Ordinal)
            || !statistics.Contains("aof_enabled:1", StringComparison.Ordinal)
            || !statistics.Contains("aof_last_write_status:ok", StringComparison.Ordinal)
            || !statistics.Contains("total_error_replies:0\r", StringComparison.Ordinal))
            throw new BenchException($"Redis did not sync every write, or refused some: {policy}{statistics}");
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    Task<string> AskAsync(CancellationToken cancellation, params string[] command) => Command.RunAsync(
        new ProcessStartInfo("redis-cli",
            ["-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), .. command]),
        StartTimeout,
        cancellation);
}
