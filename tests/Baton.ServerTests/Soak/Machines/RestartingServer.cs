using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Soak.Machines;

/// <summary>A server that dies and comes back on the same data. Its clients wait for it, and learn where it is.</summary>
internal sealed class RestartingServer(string dataDirectory, IReadOnlyDictionary<string, string>? environment = null)
    : IAsyncDisposable
{
    volatile TaskCompletionSource<string> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ServerProcess? Process { get; private set; }

    public int Kills { get; private set; }

    public int Terminations { get; private set; }

    /// <summary>Where it is, when it is up.</summary>
    public Task<string> UrlAsync() => _up.Task.WaitAsync(TestContext.Current.CancellationToken);

    public async Task<string> StartAsync()
    {
        Process = await ServerProcess.StartAsync(dataDirectory, environment: environment);
        _up.SetResult(Process.Url);
        return Process.Url;
    }

    /// <summary>kill -9 before it is ready, some time after its start.</summary>
    public async Task KillStartingAsync(TimeSpan after)
    {
        Process = ServerProcess.Launch(dataDirectory, environment: environment);
        await Outside.PassAsync(after);
        await EndAsync();
    }

    /// <summary>kill -9, in the middle of whatever it does.</summary>
    public async Task KillAsync()
    {
        // First the signal: clients that were told to wait before it would have nothing in flight.
        Process!.Kill();
        _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await EndAsync();
    }

    /// <summary>SIGTERM; the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Terminations++;
        var code = await Process!.StopAsync();
        await DisposeAsync();
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        if (Process is not null) await Process.DisposeAsync();
        Process = null;
    }

    async Task EndAsync()
    {
        Kills++;
        await Process!.KillAsync();
        await DisposeAsync();
    }
}
