using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Baton.Bench.Load;

/// <summary>One HTTP/1.1 connection, byte for byte; requests may be sent ahead of answers.</summary>
internal sealed class HttpConnection : IDisposable
{
    const int BufferBytes = 64 * 1024;
    static readonly byte[] LineEnd = "\r\n"u8.ToArray();
    static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };

    readonly byte[] _buffer = new byte[BufferBytes];
    int _begin;
    int _end;

    HttpConnection()
    {
    }

    public static async Task<HttpConnection> OpenAsync(Uri url, CancellationToken cancellation)
    {
        var connection = new HttpConnection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, url.Port, cancellation);
        return connection;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await _socket.SendAsync(bytes, cancellation)..];
    }

    public async Task<HttpAnswer> ReadAnswerAsync(CancellationToken cancellation)
    {
        var lines = (await ReadToAsync(HeadEnd, cancellation)).Split("\r\n");
        var headers = lines.Skip(1)
            .Select(line => line.Split(": ", count: 2))
            .Select(parts => KeyValuePair.Create(parts[0], parts.Length > 1 ? parts[1] : ""))
            .ToList();
        var answer = new HttpAnswer(lines[0], headers, Body: []);
        if (answer.Header("Transfer-Encoding") is not null)
            return answer with { Body = await ReadChunksAsync(cancellation) };
        var length = int.Parse(answer.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture);
        return answer with { Body = await ReadExactlyAsync(length, cancellation) };
    }

    public void Dispose() => _socket.Dispose();

    async Task<byte[]> ReadChunksAsync(CancellationToken cancellation)
    {
        var body = new List<byte>();
        while (true)
        {
            var size = await ReadToAsync(LineEnd, cancellation);
            var length = int.Parse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.AddRange(await ReadExactlyAsync(length, cancellation));
            _ = await ReadToAsync(LineEnd, cancellation);
            if (length == 0)
                return [.. body];
        }
    }

    async ValueTask<string> ReadToAsync(byte[] mark, CancellationToken cancellation)
    {
        int length;
        while ((length = _buffer.AsSpan(_begin.._end).IndexOf(mark)) < 0)
            await FillAsync(cancellation);
        var text = Encoding.Latin1.GetString(_buffer, _begin, length);
        _begin += length + mark.Length;
        return text;
    }

    async ValueTask<byte[]> ReadExactlyAsync(int count, CancellationToken cancellation)
    {
        while (_end - _begin < count)
            await FillAsync(cancellation);
        var bytes = _buffer.AsSpan(_begin, count).ToArray();
        _begin += count;
        return bytes;
    }

    async ValueTask FillAsync(CancellationToken cancellation)
    {
        _buffer.AsSpan(_begin.._end).CopyTo(_buffer);
        (_begin, _end) = (0, _end - _begin);
        if (_end == _buffer.Length)
            throw new BenchException($"an answer is longer than {BufferBytes} bytes");
        var count = await _socket.ReceiveAsync(_buffer.AsMemory(_end), cancellation);
        _end += count > 0 ? count : throw new BenchException("the server closed the connection");
    }
}
