using System.Diagnostics;
using Baton.Bench.Load;
using Baton.Bench.Processes;

namespace Baton.Bench.Targets;

/// <summary>An etcd of our own, one node, as it comes; it syncs every put by default.</summary>
internal sealed class EtcdTarget : IAsyncDisposable
{
    static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    readonly ChildProcess _process;
    readonly Uri _url;
    readonly Wrk _wrk;

    EtcdTarget(ChildProcess process, Uri url, Wrk wrk) =>
        (_process, _url, _wrk) = (process, url, wrk);

    public int ProcessId => _process.Id;

    public static async Task<EtcdTarget> StartAsync(string folder, Wrk wrk, CancellationToken cancellation)
    {
        var ports = LocalPort.Take(2);
        var (client, peer) = ($"http://127.0.0.1:{ports[0]}", $"http://127.0.0.1:{ports[1]}");
        string[] arguments =
        [
            "--name", "bench", "--data-dir", folder,
            "--listen-client-urls", client, "--advertise-client-urls", client,
            "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", $"bench={peer}",
        ];
        var start = new ProcessStartInfo("etcd", arguments);
        var (process, _) = await ChildProcess.StartAsync(
            "ready to serve client requests", StartTimeout, start, cancellation);
        return new EtcdTarget(process, new Uri(client), wrk);
    }

    public Task<LoadFigures> PutAsync(TimeSpan duration, CancellationToken cancellation) =>
        _wrk.RunAsync("etcd-put.lua", _url, duration, cancellation);

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
