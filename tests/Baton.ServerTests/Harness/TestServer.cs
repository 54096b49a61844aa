using Baton.Server;
using Baton.Server.Platform;
using Baton.Server.Platform.Http;
using Microsoft.AspNetCore.Builder;

namespace Baton.ServerTests.Harness;

/// <summary>A whole server in this process: real Kestrel on a free port, a database in a directory of its own.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string AdminSecret = "btn_tests_0123456789abcdef0123456789";

    readonly WebApplication _app;
    readonly bool _ownsDirectory;

    TestServer(WebApplication app, string directory, bool ownsDirectory)
    {
        _app = app;
        _ownsDirectory = ownsDirectory;
        DataDirectory = directory;
        Url = app.Urls.First();
        Admin = NewClient(AdminSecret);
    }

    public string Url { get; }

    public string DataDirectory { get; }

    /// <summary>A client with the first key, of role server.</summary>
    public HttpClient Admin { get; }

    public BatonServer Parts => BatonApp.PartsOf(_app).Server;

    public IReadOnlyList<Route> Routes => BatonApp.PartsOf(_app).Routes.All;

    public static async Task<TestServer> StartAsync(
        Func<BatonOptions, BatonOptions>? configure = null, TimeProvider? time = null, string? directory = null)
    {
        var data = directory ?? Directory.CreateTempSubdirectory("baton-test-").FullName;
        var options = new BatonOptions { Url = "http://127.0.0.1:0", DataDirectory = data, AdminKey = AdminSecret };
        var app = await BatonApp.BuildAsync(
            configure?.Invoke(options) ?? options, time ?? TimeProvider.System, TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestServer(app, data, ownsDirectory: directory is null);
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
        await _app.StopAsync(CancellationToken.None);
        await Parts.DisposeAsync();
        await _app.DisposeAsync();
        if (_ownsDirectory) Directory.Delete(DataDirectory, recursive: true);
    }
}
