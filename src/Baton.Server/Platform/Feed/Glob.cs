namespace Baton.Server.Platform.Feed;

/// <summary>A text in which `*` stands for any run of characters, `/` and none included.</summary>
internal sealed class Glob
{
    /// <summary>
    /// The most wildcards. Each may walk through the whole text, and a filter is asked about every entry for every
    /// follower.
    /// </summary>
    public const int MaxWildcards = 8;

    readonly string[] _parts;

    public Glob(string pattern)
    {
        Pattern = pattern;
        _parts = pattern.Split('*');
    }

    public string Pattern { get; }

    /// <summary>Whether it has no wildcard, so that only this very text matches.</summary>
    public bool IsExact => _parts.Length == 1;

    public bool Matches(string text)
    {
        if (IsExact) return text == Pattern;
        var rest = text.AsSpan();
        if (!rest.StartsWith(_parts[0], StringComparison.Ordinal)) return false;
        rest = rest[_parts[0].Length..];
        foreach (var part in _parts.AsSpan(1, _parts.Length - 2))
        {
            var at = rest.IndexOf(part, StringComparison.Ordinal);
            if (at < 0) return false;
            rest = rest[(at + part.Length)..];
        }

        return rest.EndsWith(_parts[^1], StringComparison.Ordinal);
    }
}
