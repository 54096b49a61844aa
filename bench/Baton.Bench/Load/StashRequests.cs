using System.Text;

namespace Baton.Bench.Load;

/// <summary>Requests as text, as the wrk scripts send them.</summary>
internal static class StashRequests
{
    public static string Get(Uri url, string key, string name) => $"GET {Head(url, key, name)}\r\n";

    public static string Put(Uri url, string key, string name, string body) =>
        $"PUT {Head(url, key, name)}Content-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    /// <summary>Sends a JSON body on a connection of its own; the answer must be a success.</summary>
    public static async Task<HttpAnswer> JsonAsync(
        Uri url, string key, string method, string path, string body, CancellationToken cancellation)
    {
        var answer = await AskAsync(url, Json(url, key, method, path, body), cancellation);
        return answer.IsSuccess
            ? answer
            : throw new BenchException(
                $"{method} {path}: {answer.StatusLine}: {Encoding.UTF8.GetString(answer.Body)}");
    }

    public static string Json(Uri url, string key, string method, string path, string body) =>
        $"{method} {path} HTTP/1.1\r\nHost: {url.Authority}\r\nX-API-KEY: {key}\r\n"
        + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    /// <summary>Sends one request on a connection of its own.</summary>
    public static async Task<HttpAnswer> AskAsync(Uri url, string request, CancellationToken cancellation)
    {
        using var connection = await HttpConnection.OpenAsync(url, cancellation);
        await connection.SendAsync(Encoding.ASCII.GetBytes(request), cancellation);
        return await connection.ReadAnswerAsync(cancellation);
    }

    static string Head(Uri url, string key, string name) =>
        $"/stash/{name} HTTP/1.1\r\nHost: {url.Authority}\r\nX-API-KEY: {key}\r\n";
}
