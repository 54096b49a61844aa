using Baton.Server;
using Baton.Server.Platform;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Resources;

namespace Baton.ServerTests.Harness;

/// <summary>A whole server in this process: real Kestrel on a free port, a database in a directory of its own.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string AdminSecret = "btn_tests_0123456789abcdef0123456789";

    readonly BatonApp.Built _built;
    readonly bool _ownsDirectory;
    readonly TestTime? _time;

    TestServer(BatonApp.Built built, TestTime? time, string directory, bool ownsDirectory)
    {
        _time = time;
        _built = built;
        _ownsDirectory = ownsDirectory;
        DataDirectory = directory;
        Url = built.App.Urls.First();
        Admin = NewClient(AdminSecret);
    }

    public string Url { get; }

    public string DataDirectory { get; }

    /// <summary>A client with the first key, of role server.</summary>
    public HttpClient Admin { get; }

    public BatonServer Parts => _built.Server;

    public BatonFeatures Features => _built.Features;

    public IReadOnlyList<Route> Routes => _built.Routes.All;

    public static async Task<TestServer> StartAsync(
        Func<BatonOptions, BatonOptions>? configure = null, TimeProvider? time = null, string? directory = null,
        ResourceTypes? types = null)
    {
        var data = directory ?? Directory.CreateTempSubdirectory("baton-test-").FullName;
        var options = new BatonOptions
        {
            Url = "http://127.0.0.1:0",
            DataDirectory = data,
            Database = await Backend.DatabaseWithTablesOf(data),
            AdminKey = AdminSecret,
        };
        var built = await BatonApp.BuildAsync(
            configure?.Invoke(options) ?? options, time ?? TimeProvider.System, types ?? BatonFeatures.Types,
            TestContext.Current.CancellationToken);
        await built.App.StartAsync(TestContext.Current.CancellationToken);
        var server = new TestServer(built, time as TestTime, data, ownsDirectory: directory is null);
        // What the due worker does later is what the test causes.
        if (time is TestTime) await server.WorkOffAsync();
        return server;
    }

    /// <summary>
    /// Completes when one more request waits than now, which is sent after this, and has looked for the first time. Only
    /// where the server's time is a <see cref="TestTime"/>: a long-poll reads the clock when it counts as waiting, and
    /// again after its look. (On PostgreSQL others read it too: then it has subscribed, and its look may be to come.)
    /// </summary>
    public Task NextWait()
    {
        var waiting = Parts.Waiters.Count;
        var readings = 0;
        return _time!.NextReading(() => Parts.Waiters.Count > waiting && ++readings == 2);
    }

    /// <summary>
    /// Completes when nothing is due any more by the time that it is now. Afterwards the due worker looks at nothing
    /// until a commit brings what is due earlier, an alarm rings, or this is called again.
    /// </summary>
    public Task WorkOffAsync() => Parts.Due.UntilNothingIsDueAsync().WaitAsync(
        TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    /// <summary>Time passes, of the clock that the server was started with, and what is due then is done.</summary>
    public Task AdvanceAsync(TimeSpan by)
    {
        _time!.Advance(by);
        return WorkOffAsync();
    }

    /// <summary>A client with another key; with null, none. Its exchanges are recorded for the contract check.</summary>
    public HttpClient NewClient(string? secret, string? agent = null)
    {
        var client = new HttpClient(new RecordingHandler(new SocketsHttpHandler())) { BaseAddress = new Uri(Url) };
        if (secret is not null) client.DefaultRequestHeaders.Add("X-API-KEY", secret);
        if (agent is not null) client.DefaultRequestHeaders.Add("Baton-Agent", agent);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await _built.App.StopAsync(CancellationToken.None);
        await Parts.DisposeAsync();
        await _built.App.DisposeAsync();
        if (_ownsDirectory)
        {
            Directory.Delete(DataDirectory, recursive: true);
            Backend.Drop(DataDirectory);
        }

        Assert.False(Parts.Background.Failed.IsCompleted, "A background task failed: the log tells.");
    }
}
