using Baton.JsonSchema.Patterns;

namespace Baton.JsonSchema.Compilation;

/// <summary>
/// The regular expressions of one compilation: each is made once, and all of them together are bounded.
/// </summary>
internal sealed class PatternCache(SchemaSettings settings)
{
    readonly Dictionary<string, (PatternMatcher? Pattern, string? Problem)> _known = new(StringComparer.Ordinal);
    int _chars;

    /// <summary>The expression at a path from a schema; null after a fault.</summary>
    public PatternMatcher? Find(KeywordReader reader, string path, string source)
    {
        if (!_known.TryGetValue(source, out var found)) _known.Add(source, found = Make(source));
        if (found.Problem is { } problem) reader.Fault(path, $"The regular expression is not valid: {problem}.");
        return found.Pattern;
    }

    (PatternMatcher?, string?) Make(string source)
    {
        if (source.Length > settings.MaxPatternChars)
            return (null, $"it has {source.Length} characters, at most {settings.MaxPatternChars} are allowed");
        _chars += source.Length;
        if (_chars > settings.MaxAllPatternChars)
            return (null, $"all expressions together have more than {settings.MaxAllPatternChars} characters");
        var pattern = PatternMatcher.Create(source, settings, out var problem);
        return (pattern, problem);
    }
}
