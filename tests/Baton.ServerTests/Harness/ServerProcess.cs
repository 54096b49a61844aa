using System.Diagnostics;

namespace Baton.ServerTests.Harness;

/// <summary>The server as users run it: a process of its own, which can be killed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    static readonly TimeSpan s_startDeadline = TimeSpan.FromSeconds(60);

    readonly Process _process;

    ServerProcess(Process process, string url, string dataDirectory)
    {
        _process = process;
        Url = url;
        DataDirectory = dataDirectory;
    }

    public string Url { get; }

    public string DataDirectory { get; }

    public int Id => _process.Id;

    /// <summary>The server's assembly, beside the tests' own: the same build.</summary>
    public static string Assembly => Path.Combine(AppContext.BaseDirectory, "Baton.Server.dll");

    /// <summary>Starts it on a free port (or the given one) and returns when it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(
        string dataDirectory, int port = 0, IReadOnlyDictionary<string, string>? environment = null, params string[] launcher)
    {
        string[] command = [.. launcher, "dotnet", Assembly];
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        // The server refuses settings that it does not know, and those of the tests are none of its own.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("BATON_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["BATON_URL"] = $"http://127.0.0.1:{port}";
        start.Environment["BATON_DATA"] = dataDirectory;
        start.Environment["BATON_ADMIN_KEY"] = TestServer.AdminSecret;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = Process.Start(start)!;
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new List<string>();
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _ = process.WaitForExitAsync().ContinueWith(
            _ => ready.TrySetException(new InvalidOperationException("The server ended: " + string.Join('\n', output))), TaskScheduler.Default);
        try
        {
            var url = await ready.Task.WaitAsync(s_startDeadline);
            return new ServerProcess(process, url, dataDirectory);
        }
        catch
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            throw;
        }

        void Note(string? line)
        {
            const string Ready = "Baton is ready on ";
            if (line is null) return;
            lock (output) output.Add(line);
            if (line.StartsWith(Ready, StringComparison.Ordinal)) ready.TrySetResult(line[Ready.Length..]);
        }
    }

    public HttpClient NewClient(string? secret = TestServer.AdminSecret)
    {
        var client = new HttpClient(new RecordingHandler(new SocketsHttpHandler())) { BaseAddress = new Uri(Url) };
        if (secret is not null) client.DefaultRequestHeaders.Add("X-API-KEY", secret);
        return client;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }
}
