using System.Buffers;
using System.Diagnostics;

namespace Baton.Server.Platform.Http.Headers;

/// <summary>The W3C trace context of a request.</summary>
internal static class TraceContext
{
    const int TraceParentLength = 55;

    static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>The trace id of `traceparent`, or of the running trace; null when there is none.</summary>
    public static string? TraceId(HttpContext http)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity) return activity.TraceId.ToHexString();
        var header = http.Request.Headers.TraceParent;
        if (header.Count == 0) return null;
        var text = header.ToString();
        // version "-" trace-id "-" parent-id "-" flags; a malformed one is ignored, as the standard asks.
        if (text.Length < TraceParentLength || text[2] != '-' || text[35] != '-') return null;
        var id = text.AsSpan(3, 32);
        return id.ContainsAnyExcept(s_hexDigits) || !id.ContainsAnyExcept('0') ? null : id.ToString();
    }
}
