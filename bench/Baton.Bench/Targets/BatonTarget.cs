using System.Diagnostics;
using Baton.Bench.Load;
using Baton.Bench.Processes;

namespace Baton.Bench.Targets;

/// <summary>A Baton server as a user starts it, on a data folder of our own.</summary>
internal sealed class BatonTarget : IAsyncDisposable
{
    static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    readonly ChildProcess _process;
    readonly string _key;
    readonly Wrk _wrk;

    BatonTarget(ChildProcess process, Uri url, string key, Wrk wrk, TimeSpan timeToReady)
    {
        (_process, _key, _wrk) = (process, key, wrk);
        (Url, TimeToReady) = (url, timeToReady);
    }

    public Uri Url { get; }

    public int ProcessId => _process.Id;

    /// <summary>From the start of the process to the line that says it is ready.</summary>
    public TimeSpan TimeToReady { get; }

    public static async Task<BatonTarget> StartAsync(
        string serverPath, string dataFolder, string key, Wrk wrk, string? database,
        CancellationToken cancellation)
    {
        var url = new Uri($"http://127.0.0.1:{LocalPort.Take(1)[0]}");
        var start = new ProcessStartInfo("dotnet", [serverPath]) { WorkingDirectory = dataFolder };
        start.Environment["BATON_URL"] = url.GetLeftPart(UriPartial.Authority);
        start.Environment["BATON_DATA"] = dataFolder;
        start.Environment["BATON_ADMIN_KEY"] = key;
        if (database is not null) start.Environment["BATON_DATABASE"] = database;
        var (process, timeToReady) = await ChildProcess.StartAsync(
            "Baton is ready on", StartTimeout, start, cancellation);
        return new BatonTarget(process, url, key, wrk, timeToReady);
    }

    /// <summary>Load by one of bench/wrk.</summary>
    public Task<LoadFigures> RunAsync(string script, TimeSpan duration, CancellationToken cancellation) =>
        _wrk.RunAsync(script, Url, duration, cancellation);

    public Task<LoadFigures> PutAsync(TimeSpan duration, CancellationToken cancellation) =>
        _wrk.RunAsync("stash-put.lua", Url, duration, cancellation);

    public Task<LoadFigures> GetAsync(TimeSpan duration, CancellationToken cancellation) =>
        _wrk.RunAsync("stash-get.lua", Url, duration, cancellation);

    /// <summary>Its answers to one GET and one PUT of a stash that exists, byte for byte.</summary>
    public async Task<BareAnswers> AnswersAsync(string name, string body, CancellationToken cancellation)
    {
        var put = await StashRequests.AskAsync(Url, StashRequests.Put(Url, _key, name, body), cancellation);
        var get = await StashRequests.AskAsync(Url, StashRequests.Get(Url, _key, name), cancellation);
        return put.IsSuccess && get.IsSuccess && get.Body.Length == body.Length
            ? new BareAnswers(get, put)
            : throw new BenchException(
                $"PUT of {name} was answered {put.StatusLine}, GET {get.StatusLine} with {get.Body.Length} bytes");
    }

    public HttpClient Client() => new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = Url,
        Timeout = TimeSpan.FromMinutes(2),
        DefaultRequestHeaders = { { "X-API-KEY", _key } },
    };

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
