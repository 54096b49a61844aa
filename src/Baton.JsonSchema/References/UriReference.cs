namespace Baton.JsonSchema.References;

/// <summary>
/// A URI reference in its five parts, and how it is resolved (RFC 3986, section 5.2). Parts are null when absent.
/// System.Uri rewrites what it reads (escapes, host names, paths of file URIs); identifiers of schemas are compared as
/// written.
/// </summary>
internal readonly record struct UriReference(
    string? Scheme, string? Authority, string Path, string? Query, string? Fragment)
{
    public static UriReference Parse(string text)
    {
        var (rest, fragment) = Cut(text, '#');
        (rest, var query) = Cut(rest, '?');
        var scheme = SchemeOf(rest);
        if (scheme is not null) rest = rest[(scheme.Length + 1)..];
        if (!rest.StartsWith("//", StringComparison.Ordinal)) return new(scheme, null, rest, query, fragment);
        var path = rest.IndexOf('/', startIndex: 2);
        if (path < 0) path = rest.Length;
        return new(scheme, rest[2..path], rest[path..], query, fragment);
    }

    public bool IsAbsolute => Scheme is not null;

    /// <summary>The URI that this base and a reference make.</summary>
    public UriReference Resolve(UriReference reference)
    {
        if (reference.Scheme is not null) return reference with { Path = RemoveDots(reference.Path) };
        if (reference.Authority is not null)
            return reference with { Scheme = Scheme, Path = RemoveDots(reference.Path) };
        if (reference.Path.Length == 0)
            return this with { Query = reference.Query ?? Query, Fragment = reference.Fragment };
        var path = reference.Path[0] == '/' ? reference.Path : Merge(reference.Path);
        return new(Scheme, Authority, RemoveDots(path), reference.Query, reference.Fragment);
    }

    public string WithoutFragment() =>
        (Scheme is null ? "" : Scheme + ":")
        + (Authority is null ? "" : "//" + Authority)
        + Path
        + (Query is null ? "" : "?" + Query);

    string Merge(string path) =>
        Authority is not null && Path.Length == 0 ? "/" + path : Path[..(Path.LastIndexOf('/') + 1)] + path;

    static (string Before, string? After) Cut(string text, char mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }

    static string? SchemeOf(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !char.IsAsciiLetter(text[0])) return null;
        var scheme = text[..colon];
        return scheme.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '-' or '.')
            ? scheme.ToLowerInvariant()
            : null;
    }

    /// <summary>Removes `.` and `..` from a path (RFC 3986, section 5.2.4).</summary>
    static string RemoveDots(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal) && !path.StartsWith('.')) return path;
        var kept = new List<string>();
        var segments = path.Split('/');
        foreach (var (index, segment) in segments.Index())
        {
            var isLast = index == segments.Length - 1;
            if (segment is "." or "..")
            {
                if (segment == ".." && kept.Count > (path[0] == '/' ? 1 : 0)) kept.RemoveAt(kept.Count - 1);
                if (isLast) kept.Add("");
            }
            else
            {
                kept.Add(segment);
            }
        }

        return string.Join('/', kept);
    }
}
