using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Baton.Bench.Load;
using Baton.Bench.Processes;

namespace Baton.Bench.Targets;

/// <summary>
/// A nats-server of our own with JetStream on file storage. Each connection publishes one message at a time and waits
/// for its acknowledgement.
/// </summary>
internal sealed class NatsTarget : IAsyncDisposable
{
    static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(15);

    readonly ChildProcess _process;
    readonly int _port;
    readonly BenchPlan _plan;

    NatsTarget(ChildProcess process, int port, BenchPlan plan) => (_process, _port, _plan) = (process, port, plan);

    public int ProcessId => _process.Id;

    public static async Task<NatsTarget> StartAsync(string folder, BenchPlan plan, CancellationToken cancellation)
    {
        var port = LocalPort.Take(1)[0];
        var start = new ProcessStartInfo("nats-server",
        [
            "--addr", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--jetstream",
            "--store_dir", folder,
        ]);
        var (process, _) = await ChildProcess.StartAsync("Server is ready", StartTimeout, start, cancellation);
        var target = new NatsTarget(process, port, plan);
        using var connection = await Connection.OpenAsync(port, "_INBOX.setup", cancellation);
        var answer = await connection.AskAsync(
            "$JS.API.STREAM.CREATE.bench",
            """{"name":"bench","subjects":["bench"],"storage":"file","retention":"limits","num_replicas":1}""",
            cancellation);
        return answer.Contains("\"error\"", StringComparison.Ordinal)
            ? throw new BenchException($"NATS made no stream: {answer}")
            : target;
    }

    public async Task<LoadFigures> PublishAsync(TimeSpan duration, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var times = await Task.WhenAll(Enumerable.Range(0, _plan.ConnectionCount).Select(
            number => Task.Run(() => PublishAsync(number, clock, duration, cancellation), cancellation)));
        return LoadFigures.Of([.. times.SelectMany(each => each)], clock.Elapsed);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    async Task<List<double>> PublishAsync(
        int number, Stopwatch clock, TimeSpan duration, CancellationToken cancellation)
    {
        using var connection = await Connection.OpenAsync(_port, $"_INBOX.c{number}", cancellation);
        var times = new List<double>();
        for (var count = 0L; clock.Elapsed < duration; count++)
        {
            var before = clock.Elapsed;
            var ack = await connection.AskAsync(
                "bench", $"{number:D4}{count:D12}".PadRight(_plan.BodyBytes, 'x'), cancellation);
            if (!ack.Contains("\"seq\"", StringComparison.Ordinal)) throw new BenchException($"NATS answered {ack}");
            times.Add((clock.Elapsed - before).TotalMilliseconds);
        }

        return times;
    }

    /// <summary>The client protocol (docs.nats.io), as far as a request with its answer needs it.</summary>
    sealed class Connection(TcpClient client, StreamReader reader, string inbox) : IDisposable
    {
        public static async Task<Connection> OpenAsync(int port, string inbox, CancellationToken cancellation)
        {
            var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
            var reader = new StreamReader(client.GetStream(), Encoding.Latin1, false, 4096);
            _ = await reader.ReadLineAsync(cancellation);
            var connection = new Connection(client, reader, inbox);
            await connection.SendAsync($"CONNECT {{\"verbose\":false}}\r\nSUB {inbox} 1\r\n", cancellation);
            return connection;
        }

        public async Task<string> AskAsync(string subject, string payload, CancellationToken cancellation)
        {
            await SendAsync($"PUB {subject} {inbox} {payload.Length}\r\n{payload}\r\n", cancellation);
            while (true)
            {
                var line = await reader.ReadLineAsync(cancellation) ?? throw new BenchException("NATS closed");
                if (line.StartsWith("PING", StringComparison.Ordinal)) await SendAsync("PONG\r\n", cancellation);
                // The answer's payload holds no line break.
                if (line.StartsWith("MSG", StringComparison.Ordinal))
                    return await reader.ReadLineAsync(cancellation) ?? "";
                if (line.StartsWith("-ERR", StringComparison.Ordinal)) throw new BenchException($"NATS: {line}");
            }
        }

        public void Dispose()
        {
            reader.Dispose();
            client.Dispose();
        }

        async Task SendAsync(string text, CancellationToken cancellation) =>
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), cancellation);
    }
}
