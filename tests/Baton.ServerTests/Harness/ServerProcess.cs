using System.Diagnostics;
using System.Globalization;

namespace Baton.ServerTests.Harness;

/// <summary>The server as users run it: a process of its own, which can be killed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    static readonly TimeSpan s_startDeadline = TimeSpan.FromSeconds(60);
    static readonly TimeSpan s_stopDeadline = TimeSpan.FromSeconds(30);

    readonly Process _process;
    readonly OutputLines _output;

    ServerProcess(Process process, OutputLines output, string dataDirectory)
    {
        _process = process;
        _output = output;
        DataDirectory = dataDirectory;
    }

    /// <summary>Where it listens; set when it is ready.</summary>
    public string Url { get; private set; } = "";

    public string DataDirectory { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it wrote so far, errors included.</summary>
    public string Output => _output.Text;

    /// <summary>The server's assembly, beside the tests' own: the same build.</summary>
    public static string Assembly => Path.Combine(AppContext.BaseDirectory, "Baton.Server.dll");

    /// <summary>Starts it on a free port (or the given one) and returns when it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(
        string dataDirectory, int port = 0, IReadOnlyDictionary<string, string>? environment = null, params string[] launcher)
    {
        var server = Launch(dataDirectory, port, environment, launcher);
        try
        {
            await server.ReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it without waiting: it may be killed before it is ready.</summary>
    public static ServerProcess Launch(
        string dataDirectory, int port = 0, IReadOnlyDictionary<string, string>? environment = null, params string[] launcher) =>
        Launch(Describe([.. launcher, "dotnet", Assembly], dataDirectory, port, environment), dataDirectory);

    /// <summary>Returns when it is ready; throws with its output if it ends before.</summary>
    public async Task ReadyAsync() => Url = await _output.ReadyUrl.WaitAsync(s_startDeadline);

    /// <summary>Runs the executable with these arguments until it ends by itself: its exit code and its output.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string dataDirectory, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments)
    {
        await using var server = LaunchVerb(dataDirectory, environment, arguments);
        return (await server.WaitForExitAsync(s_startDeadline), server.Output);
    }

    /// <summary>Starts the executable with these arguments, without waiting.</summary>
    public static ServerProcess LaunchVerb(
        string dataDirectory, IReadOnlyDictionary<string, string>? environment, params string[] arguments) =>
        Launch(Describe(["dotnet", Assembly, .. arguments], dataDirectory, port: 0, environment), dataDirectory);

    /// <summary>Returns when it has written a line that begins so.</summary>
    public Task LineAsync(string beginning) => _output.LineAsync(beginning).WaitAsync(s_startDeadline);

    public HttpClient NewClient(string? secret = TestServer.AdminSecret)
    {
        var client = new HttpClient(new RecordingHandler(new SocketsHttpHandler())) { BaseAddress = new Uri(Url) };
        if (secret is not null) client.DefaultRequestHeaders.Add("X-API-KEY", secret);
        return client;
    }

    /// <summary>kill -9 of the one process, at once and without waiting.</summary>
    public void Kill() => _process.Kill();

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and nothing more.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>SIGTERM; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        Terminate();
        return await WaitForExitAsync(s_stopDeadline);
    }

    /// <summary>The exit code, when it has ended and all its output was read.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan deadline)
    {
        await _process.WaitForExitAsync().WaitAsync(deadline);
        return _process.ExitCode;
    }

    /// <summary>A figure of /proc/PID/status in bytes: `VmRSS` (resident now) or `VmHWM` (its peak).</summary>
    public long MemoryBytes(string figure)
    {
        var line = File.ReadLines($"/proc/{Id}/status").First(line => line.StartsWith(figure + ":", StringComparison.Ordinal));
        return 1024 * long.Parse(
            line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>From here on `VmHWM` counts anew.</summary>
    public void ResetPeakMemory() => File.WriteAllText($"/proc/{Id}/clear_refs", "5");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    static ProcessStartInfo Describe(
        string[] command, string dataDirectory, int port, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        // The server refuses a BATON_ variable that it does not know: those of the tests stay with the tests.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("BATON_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["BATON_URL"] = $"http://127.0.0.1:{port}";
        start.Environment["BATON_DATA"] = dataDirectory;
        start.Environment["BATON_ADMIN_KEY"] = TestServer.AdminSecret;
        if (environment?.ContainsKey("BATON_DATABASE") != true && Backend.DatabaseOf(dataDirectory) is { } database)
            start.Environment["BATON_DATABASE"] = database;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return start;
    }

    static ServerProcess Launch(ProcessStartInfo start, string dataDirectory)
    {
        var process = Process.Start(start)!;
        return new ServerProcess(process, new OutputLines(process), dataDirectory);
    }

    /// <summary>Collects what the process writes, and finds the line that tells that it is ready.</summary>
    sealed class OutputLines
    {
        const string Ready = "Baton is ready on ";

        // Under its own lock.
        readonly List<string> _lines = [];
        readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        (string Beginning, TaskCompletionSource Seen)? _awaited;

        public OutputLines(Process process)
        {
            process.OutputDataReceived += (_, line) => Note(line.Data);
            process.ErrorDataReceived += (_, line) => Note(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            _ = process.WaitForExitAsync().ContinueWith(
                _ => _ready.TrySetException(new InvalidOperationException("The server ended: " + Text)), TaskScheduler.Default);
            // Nobody need wait for it.
            _ = _ready.Task.ContinueWith(failed => failed.Exception, TaskContinuationOptions.OnlyOnFaulted);
        }

        public Task<string> ReadyUrl => _ready.Task;

        public string Text
        {
            get
            {
                lock (_lines) return string.Join('\n', _lines);
            }
        }

        public Task LineAsync(string beginning)
        {
            lock (_lines)
            {
                var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _awaited = (beginning, seen);
                if (_lines.Exists(line => line.StartsWith(beginning, StringComparison.Ordinal))) seen.SetResult();
                return seen.Task;
            }
        }

        void Note(string? line)
        {
            if (line is null) return;
            lock (_lines)
            {
                _lines.Add(line);
                if (_awaited is var (beginning, seen) && line.StartsWith(beginning, StringComparison.Ordinal)) seen.TrySetResult();
            }

            if (line.StartsWith(Ready, StringComparison.Ordinal)) _ready.TrySetResult(line[Ready.Length..]);
        }
    }
}
