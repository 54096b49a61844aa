using System.Net;
using System.Net.Sockets;

namespace Baton.ServerTests.Harness;

/// <summary>
/// Stands between a client and a database. Told to, it keeps back what the database answers on the connections that
/// there are, until it is told to let it go. Connections that come later are served.
/// </summary>
internal sealed class SilencingProxy : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    readonly CancellationTokenSource _ending = new();
    readonly List<TaskCompletionSource> _silenced = [];
    readonly TaskCompletionSource _speaking = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Lock _lock = new();
    readonly Task _accepting;

    /// <summary>Begins to serve.</summary>
    /// <param name="host">The database's host.</param>
    /// <param name="port">Its port.</param>
    public SilencingProxy(string host, int port)
    {
        _listener.Start();
        _accepting = AcceptAsync(host, port);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>
    /// Keeps answers back from now on. Completes when a client has asked something that it gets no answer to.
    /// </summary>
    public Task SilenceAsync()
    {
        lock (_lock)
        {
            foreach (var connection in _silenced) connection.TrySetResult();
        }

        return _asked.Task;
    }

    /// <summary>Gives the answers that were kept back, and all that come.</summary>
    public void Speak() => _speaking.SetResult();

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    async Task AcceptAsync(string host, int port)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                var silenced = new TaskCompletionSource();
                lock (_lock) _silenced.Add(silenced);
                serving.Add(ServeAsync(client, host, port, silenced.Task));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task ServeAsync(TcpClient client, string host, int port, Task silenced)
    {
        using var from = client;
        using var to = new TcpClient();
        await to.ConnectAsync(host, port, _ending.Token);
        var (up, down) = (PumpAsync(from, to, silenced, isAnswer: false), PumpAsync(to, from, silenced, isAnswer: true));
        await Task.WhenAny(up, down);
    }

    async Task PumpAsync(TcpClient from, TcpClient to, Task silenced, bool isAnswer)
    {
        var buffer = new byte[8192];
        while (await from.GetStream().ReadAsync(buffer, _ending.Token) is var count and > 0)
        {
            if (silenced.IsCompleted && isAnswer) await _speaking.Task.WaitAsync(_ending.Token);
            await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _ending.Token);
            if (silenced.IsCompleted) _asked.TrySetResult();
        }
    }
}
