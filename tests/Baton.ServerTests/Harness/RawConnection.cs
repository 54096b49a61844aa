using System.Net.Sockets;
using System.Text;

namespace Baton.ServerTests.Harness;

/// <summary>A connection on which a test does what no HTTP library would.</summary>
internal sealed class RawConnection : IDisposable
{
    readonly TcpClient _tcp;

    RawConnection(TcpClient tcp) => _tcp = tcp;

    /// <summary>Connects; a small receive buffer makes a client that does not read felt at once.</summary>
    public static async Task<RawConnection> OpenAsync(string url, int? receiveBufferSize = null)
    {
        var tcp = new TcpClient { NoDelay = true };
        if (receiveBufferSize is { } size) tcp.ReceiveBufferSize = size;
        var address = new Uri(url);
        await tcp.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        return new RawConnection(tcp);
    }

    /// <summary>
    /// Sends text, one byte a character. Throws <see cref="IOException"/> when the server has closed the connection.
    /// </summary>
    public async Task SendAsync(string text) =>
        await _tcp.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);

    /// <summary>Reads until the text has come, or the server has closed; all that came.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        var buffer = new byte[4096];
        var read = new StringBuilder();
        while (!read.ToString().Contains(text, StringComparison.Ordinal))
        {
            var count = await _tcp.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken);
            if (count == 0) break;
            read.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return read.ToString();
    }

    /// <summary>What the server sends until it closes the connection, at most so many bytes.</summary>
    public async Task<string> ReadToEndAsync(TimeSpan deadline, int maxBytes = 64 * 1024)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(deadline);
        var buffer = new byte[maxBytes];
        var filled = 0;
        try
        {
            while (filled < maxBytes)
            {
                var count = await _tcp.GetStream().ReadAsync(buffer.AsMemory(filled), patience.Token);
                if (count == 0) break;
                filled += count;
            }
        }
        catch (IOException)
        {
            // Closed the hard way.
        }

        return Encoding.UTF8.GetString(buffer, 0, filled);
    }

    public void Dispose() => _tcp.Dispose();
}
