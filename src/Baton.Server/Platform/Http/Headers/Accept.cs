using Microsoft.Net.Http.Headers;

namespace Baton.Server.Platform.Http.Headers;

/// <summary>Chooses between a route's content types by the header `Accept` (RFC 9110, section 12.5.1).</summary>
internal static class Accept
{
    /// <summary>
    /// Whether the caller prefers this media type to each of the others. At equal weight it does not: a client that can
    /// read both names both. Nor does it if nothing is acceptable, or if the header cannot be read: an answer of
    /// another type helps the caller more than none.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="mediaType">What could be answered instead.</param>
    /// <param name="others">What goes before it. None: whatever else the header takes, `text/*` too, because the
    /// content type of the thing is not known before it is read.</param>
    public static bool Prefers(HttpRequest request, string mediaType, params ReadOnlySpan<string> others)
    {
        var header = request.Headers.Accept;
        // What most clients send need not be parsed.
        if (header.Count == 0 || header == "*/*" || !MediaTypeHeaderValue.TryParseList(header, out var ranges))
            return false;
        var wanted = new MediaTypeHeaderValue(mediaType);
        var weight = WeightOf(wanted, ranges);
        if (weight == 0) return false;
        if (others.Length == 0) return weight > WeightOfAnythingBut(wanted, ranges);
        foreach (var other in others)
        {
            if (WeightOf(new MediaTypeHeaderValue(other), ranges) >= weight) return false;
        }

        return true;
    }

    /// <summary>The weight of the most specific range that a type is in; 0 if it is in none.</summary>
    static double WeightOf(MediaTypeHeaderValue type, IList<MediaTypeHeaderValue> ranges)
    {
        var (specificity, weight) = (-1, 0.0);
        foreach (var range in ranges)
        {
            if (!IsIn(type, range) || SpecificityOf(range) <= specificity) continue;
            (specificity, weight) = (SpecificityOf(range), range.Quality ?? 1);
        }

        return weight;
    }

    static double WeightOfAnythingBut(MediaTypeHeaderValue type, IList<MediaTypeHeaderValue> ranges)
    {
        var most = 0.0;
        foreach (var range in ranges)
        {
            if (SpecificityOf(range) < 2 || !IsIn(type, range)) most = Math.Max(most, range.Quality ?? 1);
        }

        return most;
    }

    static bool IsIn(MediaTypeHeaderValue type, MediaTypeHeaderValue range) =>
        range.MatchesAllTypes
        || (range.Type.Equals(type.Type, StringComparison.OrdinalIgnoreCase)
            && (range.MatchesAllSubTypes || range.SubType.Equals(type.SubType, StringComparison.OrdinalIgnoreCase)));

    static int SpecificityOf(MediaTypeHeaderValue range) => range switch
    {
        { MatchesAllTypes: true } => 0,
        { MatchesAllSubTypes: true } => 1,
        _ => 2,
    };
}
