namespace Baton.JsonSchema.References;

/// <summary>How keywords are read: a draft, and which of its vocabularies count.</summary>
internal sealed record Dialect(Draft Draft, Vocabularies Vocabularies)
{
    public const string Draft7Uri = "http://json-schema.org/draft-07/schema";
    public const string Draft202012Uri = "https://json-schema.org/draft/2020-12/schema";

    const string VocabularyPrefix = "https://json-schema.org/draft/2020-12/vocab/";

    public static readonly Dialect Draft7 = new(Draft.Seven, Vocabularies.All);
    public static readonly Dialect Draft202012 = new(Draft.Year2020Month12, Vocabularies.All);

    public bool IsDraft7 => Draft == Draft.Seven;

    public bool Has(Vocabularies vocabulary) => (Vocabularies & vocabulary) == vocabulary;

    /// <summary>
    /// The dialect of a `$schema`; null when it is neither of the two. http, https and an empty fragment are the same.
    /// </summary>
    public static Dialect? Of(string uri)
    {
        var plain = uri.EndsWith('#') ? uri[..^1] : uri;
        if (SameButForHttps(plain, Draft7Uri)) return Draft7;
        return SameButForHttps(plain, Draft202012Uri) ? Draft202012 : null;
    }

    /// <summary>
    /// The vocabularies that a meta-schema lists in `$vocabulary`. One that is required, but that nobody here knows, is
    /// named.
    /// </summary>
    public static Vocabularies VocabulariesOf(IEnumerable<(string Uri, bool IsRequired)> listed, out string? unknown)
    {
        var found = Vocabularies.None;
        unknown = null;
        foreach (var (uri, isRequired) in listed)
        {
            var name = uri.StartsWith(VocabularyPrefix, StringComparison.Ordinal) ? uri[VocabularyPrefix.Length..] : "";
            Vocabularies? known = name switch
            {
                "applicator" => Vocabularies.Applicator,
                "unevaluated" => Vocabularies.Unevaluated,
                "validation" => Vocabularies.Validation,
                "format-assertion" => Vocabularies.FormatAssertion,
                "core" or "meta-data" or "format-annotation" or "content" => Vocabularies.None,
                _ => null,
            };
            if (known is null && isRequired) unknown ??= uri;
            found |= known ?? Vocabularies.None;
        }

        return found;
    }

    static bool SameButForHttps(string uri, string known) =>
        uri.Split("://") is ["http" or "https", var rest] && rest == known.Split("://")[1];
}
