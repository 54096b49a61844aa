using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Baton.Bench.Load;
using Baton.Bench.Processes;
using Baton.Bench.Targets;

namespace Baton.Bench.Streams;

/// <summary>What readers of one stream saw.</summary>
/// <param name="Readers">Event streams, all open at once.</param>
/// <param name="Receipts">Entries times readers.</param>
/// <param name="MedianMs">From the writer's sending of an entry to a reader's receipt: the commit is in it.</param>
/// <param name="P99Ms">As well.</param>
/// <param name="AfterAnswerMedianMs">
/// From the writer's receipt of its answer; 0 where the reader was earlier, which is often.
/// </param>
/// <param name="AfterAnswerP99Ms">As well.</param>
/// <param name="BytesPerReader">Resident memory of the server that each open, idle reader costs.</param>
internal sealed record FanOutFigures(
    int Readers, int Receipts, double MedianMs, double P99Ms, double AfterAnswerMedianMs, double AfterAnswerP99Ms,
    double BytesPerReader);

/// <summary>Many event streams of one stream, and a writer who appends at a calm pace.</summary>
internal sealed class FanOut(BatonTarget baton, string key, int readerCount, int entryCount)
{
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    public async Task<FanOutFigures> RunAsync(CancellationToken cancellation)
    {
        await StashRequests.JsonAsync(
            baton.Url, key, "POST", "/stream", """{"name":"fan-out"}""", cancellation);
        await Task.Delay(Settle, cancellation);
        var before = ProcessFigures.Read(baton.ProcessId).ResidentBytes;
        var readers = new List<Reader>();
        try
        {
            for (var number = 0; number < readerCount; number++)
                readers.Add(await Reader.OpenAsync(baton.Url, key, cancellation));
            await Task.Delay(Settle, cancellation);
            var after = ProcessFigures.Read(baton.ProcessId).ResidentBytes;
            var (sent, answered) = (new long[entryCount], new long[entryCount]);
            var reading = readers.ConvertAll(reader => reader.ReadAsync(entryCount, cancellation));
            for (var index = 0; index < entryCount; index++)
            {
                await Task.Delay(Pace, cancellation);
                sent[index] = Stopwatch.GetTimestamp();
                await StashRequests.JsonAsync(
                    baton.Url, key, "POST", "/stream/fan-out", """{"data":"entry"}""", cancellation);
                answered[index] = Stopwatch.GetTimestamp();
            }

            var receipts = await Task.WhenAll(reading);
            return Figures(receipts, sent, answered, (double)(after - before) / readerCount);
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    FanOutFigures Figures(long[][] receipts, long[] sent, long[] answered, double bytesPerReader)
    {
        double Ms(long from, long to) => Math.Max(0, Stopwatch.GetElapsedTime(from, to).TotalMilliseconds);
        List<double> Since(long[] start) =>
            [.. receipts.SelectMany(each => each.Select((at, index) => Ms(start[index], at))).Order()];

        var (fromSent, fromAnswer) = (Since(sent), Since(answered));
        double At(List<double> sorted, double part) => sorted[(int)(part * (sorted.Count - 1))];
        return new FanOutFigures(
            readerCount, fromSent.Count, At(fromSent, 0.5), At(fromSent, 0.99), At(fromAnswer, 0.5),
            At(fromAnswer, 0.99), bytesPerReader);
    }

    /// <summary>One event stream, read without parsing more than the ends of events.</summary>
    sealed class Reader(Socket socket) : IDisposable
    {
        // Small: a thousand of them must not push the server off the caches.
        readonly byte[] _buffer = new byte[2048];

        public static async Task<Reader> OpenAsync(Uri url, string key, CancellationToken cancellation)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, url.Port, cancellation);
            await socket.SendAsync(Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"GET /stream/fan-out HTTP/1.1\r\nHost: {url.Authority}\r\nX-API-KEY: {key}\r\n")
                + "Accept: text/event-stream\r\n\r\n"), cancellation);
            var reader = new Reader(socket);
            // The head, and the comment that says that it is connected.
            await reader.ReceiveAsync(cancellation);
            return reader;
        }

        /// <summary>When each of the next entries came.</summary>
        public async Task<long[]> ReadAsync(int wanted, CancellationToken cancellation)
        {
            var times = new List<long>();
            while (times.Count < wanted)
            {
                var length = await ReceiveAsync(cancellation);
                var now = Stopwatch.GetTimestamp();
                for (var events = _buffer.AsSpan(0, length).Count("\ndata:"u8); events > 0; events--) times.Add(now);
            }

            return [.. times.Take(wanted)];
        }

        public void Dispose() => socket.Dispose();

        async Task<int> ReceiveAsync(CancellationToken cancellation)
        {
            var length = await socket.ReceiveAsync(_buffer, cancellation);
            return length > 0 ? length : throw new BenchException("an event stream was closed");
        }
    }
}
