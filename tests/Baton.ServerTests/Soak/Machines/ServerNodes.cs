using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Soak.Machines;

/// <summary>Several servers on one database, each with a data directory of its own.</summary>
internal sealed class ServerNodes : IAsyncDisposable
{
    static readonly IReadOnlyDictionary<string, string> s_none = new Dictionary<string, string>();

    // Its database is that of all nodes, unless another is named.
    readonly ScratchDirectory _scratch = new();
    readonly string _database;

    // Whoever kills and starts nodes writes them; clients read.
    readonly ServerProcess?[] _processes;
    readonly string[] _urls;

    ServerNodes(int count, string? database)
    {
        _database = database ?? Backend.DatabaseOf(_scratch.Path)!;
        (_processes, _urls) = (new ServerProcess[count], new string[count]);
    }

    public int Count => _urls.Length;

    /// <summary>Where each is, or was last.</summary>
    public IReadOnlyList<string> Urls => _urls;

    public string Database => _database;

    /// <summary>Starts them one after the other: the first has been up for longest.</summary>
    public static async Task<ServerNodes> StartAsync(
        int count, string? database = null, Func<int, IReadOnlyDictionary<string, string>>? settings = null)
    {
        var nodes = new ServerNodes(count, database);
        try
        {
            for (var number = 0; number < count; number++) await nodes.StartAsync(number, settings?.Invoke(number));
            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    public string DirectoryOf(int node) => Directory.CreateDirectory(Path.Combine(_scratch.Path, $"node-{node}")).FullName;

    /// <summary>Starts a node that is down, somewhere else than before.</summary>
    public async Task StartAsync(int node, IReadOnlyDictionary<string, string>? settings = null)
    {
        var process = await ServerProcess.StartAsync(DirectoryOf(node), environment: new Dictionary<string, string>(settings ?? s_none)
        {
            ["BATON_DATABASE"] = _database,
        });
        _processes[node] = process;
        _urls[node] = process.Url;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync(int node)
    {
        await _processes[node]!.KillAsync();
        await EndAsync(node);
    }

    /// <summary>SIGTERM; the exit code.</summary>
    public async Task<int> TerminateAsync(int node)
    {
        var code = await _processes[node]!.StopAsync();
        await EndAsync(node);
        return code;
    }

    /// <summary>What a node wrote.</summary>
    public string OutputOf(int node) => _processes[node]!.Output;

    /// <summary>Whether a node holds the socket of this local port.</summary>
    public bool HasConnectionFrom(int node, int port)
    {
        if (_processes[node] is not { HasExited: false } process) return false;
        // Address and port, both in hexadecimal; the tenth column is the socket's number.
        var sockets = File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns[1].EndsWith($":{port:X4}", StringComparison.Ordinal))
            .Select(columns => $"socket:[{columns[9]}]").ToHashSet();
        return Directory.EnumerateFiles($"/proc/{process.Id}/fd")
            .Any(descriptor => File.ResolveLinkTarget(descriptor, returnFinalTarget: false) is { } target
                && sockets.Contains(Path.GetFileName(target.FullName)));
    }

    public async ValueTask DisposeAsync()
    {
        for (var node = 0; node < Count; node++) await EndAsync(node);
        _scratch.Dispose();
    }

    async Task EndAsync(int node)
    {
        if (_processes[node] is { } process) await process.DisposeAsync();
        _processes[node] = null;
    }
}
