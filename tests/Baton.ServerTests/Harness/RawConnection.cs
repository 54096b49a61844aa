using System.Net.Sockets;
using System.Text;

namespace Baton.ServerTests.Harness;

/// <summary>A connection on which a test sends bytes that no HTTP client would.</summary>
internal sealed class RawConnection : IDisposable
{
    readonly TcpClient _client = new();

    public static async Task<RawConnection> OpenAsync(TestServer server)
    {
        var connection = new RawConnection();
        var url = new Uri(server.Url);
        await connection._client.ConnectAsync(url.Host, url.Port, TestContext.Current.CancellationToken);
        return connection;
    }

    /// <summary>Sends text, one byte a character.</summary>
    public async Task SendAsync(string text) =>
        await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);

    /// <summary>Reads until the text has come, or the server has closed; all that came.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        var buffer = new byte[4096];
        var read = new StringBuilder();
        while (!read.ToString().Contains(text, StringComparison.Ordinal))
        {
            var count = await _client.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken);
            if (count == 0) break;
            read.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return read.ToString();
    }

    public void Dispose() => _client.Dispose();
}
