using System.Text.Json;

namespace Baton.ServerTests.Harness;

/// <summary>
/// Writes every exchange to a file, one JSON object a line, when BATON_TEST_EXCHANGES names a directory: afterwards
/// all of them are checked against the OpenAPI document.
/// </summary>
internal sealed class RecordingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    const int MaxBodyBytes = 256 * 1024;

    static readonly string? s_directory = Environment.GetEnvironmentVariable("BATON_TEST_EXCHANGES");
    static readonly Lock s_lock = new();
    static readonly StreamWriter? s_file = s_directory is null ? null : Open(s_directory);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        CheckCaching(request, response);
        if (s_file is null || response.Content.Headers.ContentType?.MediaType == "text/event-stream") return response;
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (body.Length <= MaxBodyBytes) Record(request, response, body);
        return response;
    }

    /// <summary>No answer may be kept for others by a cache on the way, whatever else a test looks at.</summary>
    static void CheckCaching(HttpRequestMessage request, HttpResponseMessage response)
    {
        // The answer to a preflight says nothing but what is allowed.
        if (request.Method == HttpMethod.Options) return;
        var rule = response.Headers.CacheControl;
        var isOpen = request.RequestUri!.AbsolutePath == "/openapi/v1.json";
        Assert.True(
            rule is not null && (rule.NoStore || (rule.NoCache && (rule.Private || isOpen))),
            $"{request.Method} {request.RequestUri} was answered with Cache-Control {rule?.ToString() ?? "missing"}.");
    }

    static void Record(HttpRequestMessage request, HttpResponseMessage response, byte[] body)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(", ", header.Value));
        var line = JsonSerializer.Serialize(new
        {
            method = request.Method.Method,
            target = request.RequestUri!.PathAndQuery,
            status = (int)response.StatusCode,
            headers,
            body_base64 = Convert.ToBase64String(body),
        });
        lock (s_lock)
        {
            s_file!.WriteLine(line);
            s_file.Flush();
        }
    }

    static StreamWriter Open(string directory)
    {
        Directory.CreateDirectory(directory);
        return new StreamWriter(Path.Combine(directory, $"server-tests-{Environment.ProcessId}.jsonl"));
    }
}
