using Baton.Server.Platform.Basics.Inputs;
using Microsoft.AspNetCore.Http.Features;

namespace Baton.Server.Platform.Http.Parameters;

/// <summary>
/// The target of a request as it was sent. The path that the web server gives is partly decoded, and without `.` and
/// `..`. That does not do for things whose names may contain any character.
/// </summary>
internal static class RawTarget
{
    /// <summary>
    /// Gives a target in the absolute form the path that its relative form has. The web server decodes an encoded slash
    /// in the one form and not in the other, and would so take one thing, or one route, for another.
    /// </summary>
    public static Task RouteAsync(HttpContext http, RequestDelegate next)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        // A target without a path keeps the path that the web server has given it: `*`, or one with a zero byte, which
        // no path may have.
        if (!target.StartsWith('/') && target.Contains("://", StringComparison.Ordinal)
            && !target.Contains("%00", StringComparison.Ordinal))
        {
            http.Request.Path = PathString.FromUriComponent(PathOf(http.Request));
        }

        return next(http);
    }

    /// <summary>Path and query, percent-encoded, without scheme and authority.</summary>
    public static string Of(HttpRequest request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.StartsWith('/')) return target;
        // RFC 9112, section 3.2.2: the absolute form, which proxies send.
        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return "/";
        var afterScheme = target.AsSpan(scheme + 3);
        // RFC 3986, section 3.2: a query or a fragment may follow an authority at once, and may have slashes in it.
        var end = afterScheme.IndexOfAny('/', '?', '#');
        if (end < 0) return "/";
        return afterScheme[end] == '/' ? afterScheme[end..].ToString() : string.Concat("/", afterScheme[end..]);
    }

    /// <summary>The path alone, percent-encoded.</summary>
    public static string PathOf(HttpRequest request)
    {
        var target = Of(request);
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }

    /// <summary>
    /// The path that a ticket must name to open it: decoded, but for slashes, and for all of a path that has an encoded
    /// percent sign. So no two targets that mean two things have one path; `.` and `..` stay what they are.
    /// </summary>
    public static string TicketPathOf(HttpRequest request)
    {
        var raw = PathOf(request);
        if (raw.Contains("%25", StringComparison.Ordinal)) return raw;
        var kept = raw.Replace("+", "%2B", StringComparison.Ordinal)
            .Replace("%2F", "%252F", StringComparison.Ordinal).Replace("%2f", "%252f", StringComparison.Ordinal);
        return InputText.Decode(kept) ?? raw;
    }
}
