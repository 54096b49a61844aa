using System.Text;

namespace Baton.Bench.Load;

/// <summary>Requests as text, as the wrk scripts send them.</summary>
internal static class StashRequests
{
    public static string Get(Uri url, string key, string name) => $"GET {Head(url, key, name)}\r\n";

    public static string Put(Uri url, string key, string name, string body) =>
        $"PUT {Head(url, key, name)}Content-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n{body}";

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
