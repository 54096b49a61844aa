using System.Text.Json;
using Baton.Bench.Load;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baton.Bench.Targets;

/// <summary>The verb `bare`: Kestrel with nothing behind it, not even routing; one answer per method.</summary>
internal static class BareServer
{
    public const string ReadyMark = "Bare is ready on";

    // Kestrel writes these by itself.
    static readonly string[] KestrelHeaders = ["Date", "Server", "Transfer-Encoding"];

    /// <summary>Serves until stopped.</summary>
    /// <param name="url">Where to listen.</param>
    /// <param name="answersPath">A file with an <see cref="HttpAnswer"/> for GET and one for PUT, as JSON.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<int> ServeAsync(string url, string answersPath, CancellationToken cancellation)
    {
        var file = await File.ReadAllBytesAsync(answersPath, cancellation);
        var answers = JsonSerializer.Deserialize<BareAnswers>(file)!;
        var (get, put) = (Respond(answers.Get), Respond(answers.Put));

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = answers.Get.Header("Server") is not null);
        await using var app = builder.Build();
        app.Run(context => HttpMethods.IsGet(context.Request.Method) ? get(context) : ReadThenAsync(put, context));
        await app.StartAsync(cancellation);
        await Console.Out.WriteLineAsync($"{ReadyMark} {url}");
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }

    static RequestDelegate Respond(HttpAnswer answer)
    {
        var headers = answer.Headers.Where(header => !KestrelHeaders.Contains(header.Key)).ToArray();
        return context =>
        {
            context.Response.StatusCode = answer.Status;
            foreach (var (name, value) in headers)
                context.Response.Headers[name] = value;
            return context.Response.Body.WriteAsync(answer.Body).AsTask();
        };
    }

    static async Task ReadThenAsync(RequestDelegate respond, HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }
        await respond(context);
    }
}

/// <summary>What <see cref="BareServer"/> answers.</summary>
internal sealed record BareAnswers(HttpAnswer Get, HttpAnswer Put);
