using Microsoft.AspNetCore.Http.Features;

namespace Baton.Server.Platform.Http;

/// <summary>
/// The target of a request as it was sent. The path that the web server gives is decoded in part and freed of `.` and
/// `..`: a thing whose name may hold any character cannot be told by it.
/// </summary>
internal static class RawTarget
{
    static readonly object s_pathBefore = new();

    /// <summary>Path and query, percent-encoded, without scheme and authority.</summary>
    public static string Of(HttpRequest request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.StartsWith('/')) return target;
        // RFC 9112, section 3.2.2: the absolute form, which proxies send.
        var authority = target.IndexOf("://", StringComparison.Ordinal);
        var path = authority < 0 ? -1 : target.IndexOf('/', authority + 3);
        return path < 0 ? "/" : target[path..];
    }

    /// <summary>The path alone, percent-encoded.</summary>
    public static string PathOf(HttpRequest request)
    {
        var target = Of(request);
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }

    /// <summary>Routes the request as if it were for another path; what opens it still goes by its own.</summary>
    public static void Reroute(HttpRequest request, string path)
    {
        request.HttpContext.Items[s_pathBefore] = request.Path.Value;
        request.Path = path;
    }

    /// <summary>The path that a ticket must name to open it.</summary>
    public static string TicketPathOf(HttpRequest request)
    {
        // `%252F` and `%2F` are two paths, but the web server decodes the one to the other.
        var raw = PathOf(request);
        if (raw.Contains("%25", StringComparison.Ordinal)) return raw;
        return (string?)request.HttpContext.Items[s_pathBefore] ?? request.Path.Value ?? "";
    }
}
