using Baton.Contracts.Errors;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Http.Headers;
using Baton.Server.Platform.Http.Parameters;
using Baton.Server.Platform.Resources;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Postgres;
using Baton.Server.Platform.Storage.Sqlite;

namespace Baton.Server;

/// <summary>Puts the server together: this is its table of contents. Program runs it, and so do the tests.</summary>
internal static class BatonApp
{
    static readonly TimeSpan s_shutdownTime = TimeSpan.FromSeconds(4);

    /// <summary>Builds a server that is ready to be started; nothing listens yet.</summary>
    public static Task<Built> BuildAsync(BatonOptions options, TimeProvider time, CancellationToken cancellation) =>
        BuildAsync(options, time, BatonFeatures.Types, cancellation);

    /// <summary>As the other, with types that have other rules.</summary>
    public static async Task<Built> BuildAsync(
        BatonOptions options, TimeProvider time, ResourceTypes types, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        // Settings are BatonOptions alone: no appsettings.json of the directory it happens to start in.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.WebHost.UseUrls(options.Url);
        // One thread hop less in and out per request. Handlers run on the thread pool all the same, never on the
        // threads that poll the sockets.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Each route has its own limit, which the edge enforces while it reads.
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = s_shutdownTime);
        builder.Services.AddCors();
        ConfigureLogging(builder.Logging, options);
        var app = builder.Build();

        var logs = app.Services.GetRequiredService<ILoggerFactory>();
        var server = new BatonServer(options, await OpenAsync(options, cancellation), types, time, logs);
        var features = new BatonFeatures(server, options, types, logs);
        try
        {
            await server.StartAsync(cancellation);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        app.Lifetime.ApplicationStopping.Register(server.BeginStop);
        // Not before it has started: an application that is stopped earlier ends in an exception.
        app.Lifetime.ApplicationStarted.Register(
            () => server.Background.Failed.ContinueWith(_ => app.Lifetime.StopApplication(), TaskScheduler.Default));
        _ = server.Lane.Ended.ContinueWith(_ => app.Lifetime.StopApplication(), TaskScheduler.Default);

        if (options.CorsOrigins.Count > 0) app.UseCors(policy => CorsRules.Apply(policy, options.CorsOrigins));
        var edge = new Edge(server.ToEdge(), logs.CreateLogger<Edge>());
        var routes = new Routes(app, edge, server.Registrations.Operations, server.Registrations.Reads);
        app.Use((http, next) => AnswerUnmatchedAsync(http, next, routes));
        app.Use(RawTarget.RouteAsync);
        app.Use(KeyInQuery.RouteAsync);
        app.UseRouting();
        features.Map(routes);
        return new Built(app, server, features, routes);
    }

    /// <summary>The store that the options name.</summary>
    public static async Task<IDatabase> OpenAsync(BatonOptions options, CancellationToken cancellation) =>
        options.Database is { } setting
            ? await PostgresDatabase.OpenAsync(setting, options.DatabaseNotices, cancellation)
            : SqliteDatabase.Open(options.DataDirectory);

    /// <summary>
    /// A server that is ready to be started. Whoever has it disposes the server, then the application.
    /// </summary>
    public sealed record Built(WebApplication App, BatonServer Server, BatonFeatures Features, Routes Routes);

    static void ConfigureLogging(ILoggingBuilder logging, BatonOptions options)
    {
        logging.ClearProviders();
        if (options.JsonLogs) logging.AddJsonConsole();
        else logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // While nobody collects traces, no request pays for an activity.
        if (!Telemetry.IsConfigured) logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }

    /// <summary>Routing answers 404 and 405 without a body: they are problems like all others.</summary>
    static async Task AnswerUnmatchedAsync(HttpContext http, RequestDelegate next, Routes routes)
    {
        await next(http);
        if (http.Response.HasStarted || http.Response.ContentType is not null) return;
        switch (http.Response.StatusCode)
        {
            case StatusCodes.Status404NotFound:
                await ProblemWriter.WriteAsync(http, new Failure(
                    ErrorCodes.RouteNotFound,
                    $"There is no route {InputText.Shorten(http.Request.Path.Value ?? "")}."));
                break;
            case StatusCodes.Status405MethodNotAllowed:
                http.Response.Headers.Allow = routes.MethodsFor(http.Request.Path);
                await ProblemWriter.WriteAsync(http, new Failure(
                    ErrorCodes.RouteMethodNotAllowed,
                    $"The route takes {http.Response.Headers.Allow}, not {http.Request.Method}."));
                break;
        }
    }
}
