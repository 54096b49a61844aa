using System.Diagnostics;
using System.Text.Json;
using Baton.Bench.Load;
using Baton.Bench.Processes;

namespace Baton.Bench.Targets;

/// <summary>A process of its own that runs <see cref="BareServer"/> under Baton's runtime settings.</summary>
internal sealed class BareTarget : IAsyncDisposable
{
    const string AnyName = "any";
    static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    readonly ChildProcess _process;
    readonly Uri _url;
    readonly Wrk _wrk;

    BareTarget(ChildProcess process, Uri url, Wrk wrk) =>
        (_process, _url, _wrk) = (process, url, wrk);

    public int ProcessId => _process.Id;

    /// <summary>Starts it with Baton's own answers, and sees that it gives them.</summary>
    public static async Task<BareTarget> StartAsync(
        string runtimeConfigPath, string answersPath, BareAnswers answers, Wrk wrk, CancellationToken cancellation)
    {
        await File.WriteAllBytesAsync(answersPath, JsonSerializer.SerializeToUtf8Bytes(answers), cancellation);
        var url = new Uri($"http://127.0.0.1:{LocalPort.Take(1)[0]}");
        string[] arguments =
        [
            "exec", "--runtimeconfig", runtimeConfigPath, typeof(BareTarget).Assembly.Location,
            "bare", url.AbsoluteUri, answersPath,
        ];
        var start = new ProcessStartInfo("dotnet", arguments);
        var (process, _) = await ChildProcess.StartAsync(BareServer.ReadyMark, StartTimeout, start, cancellation);
        var target = new BareTarget(process, url, wrk);
        try
        {
            await target.CheckAsync(StashRequests.Get(url, key: "none", AnyName), answers.Get, cancellation);
            await target.CheckAsync(StashRequests.Put(url, key: "none", AnyName, "body"), answers.Put, cancellation);
            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    /// <summary>Load by one of bench/wrk: it answers every path alike.</summary>
    public Task<LoadFigures> RunAsync(string script, TimeSpan duration, CancellationToken cancellation) =>
        _wrk.RunAsync(script, _url, duration, cancellation);

    public Task<LoadFigures> GetAsync(TimeSpan duration, CancellationToken cancellation) =>
        _wrk.RunAsync("stash-get.lua", _url, duration, cancellation);

    public Task<LoadFigures> PutAsync(TimeSpan duration, CancellationToken cancellation) =>
        _wrk.RunAsync("stash-put.lua", _url, duration, cancellation);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    async Task CheckAsync(string request, HttpAnswer expected, CancellationToken cancellation)
    {
        var answer = await StashRequests.AskAsync(_url, request, cancellation);
        if (!answer.HasSameBytesAs(expected))
            throw new BenchException(
                $"the bare server answers otherwise: {answer.StatusLine} {string.Join(", ", answer.Headers)}");
    }
}
