using System.Buffers;

namespace Baton.Contracts.Requests;

/// <summary>The form of the id of one version of a schema, `sch_…`.</summary>
/// <param name="canBeEmpty">Whether an empty text is taken as well.</param>
public sealed class SchemaIdFormAttribute(bool canBeEmpty = false)
    : TextFormAttribute(canBeEmpty ? PatternOrEmpty : IdPattern, canBeEmpty ? RuleOrEmpty : IdRule)
{
    /// <summary>The text with which every id begins.</summary>
    public const string Prefix = "sch_";

    /// <summary>The form of an id, as a regular expression of ECMA-262.</summary>
    public const string IdPattern = "^sch_[0-9a-z]{1,60}$";

    const string PatternOrEmpty = "^(sch_[0-9a-z]{1,60})?$";
    const string Where = "; GET /schema/{name} tells the newest one's, GET /schema/{name}/versions those of all.";
    const string IdRule = "the id of one version, `sch_…`" + Where;
    const string RuleOrEmpty = "the id of one version, `sch_…`, or empty" + Where;
    const int MaxLength = 64;

    static readonly SearchValues<char> s_allowed = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz");

    /// <summary>Whether a text is an id.</summary>
    /// <param name="text">The text.</param>
    public static bool IsId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && text.Length > Prefix.Length && text.Length <= MaxLength
            && !text.AsSpan(Prefix.Length).ContainsAnyExcept(s_allowed);
    }

    /// <summary>Whether an empty text is taken as well.</summary>
    public bool CanBeEmpty => canBeEmpty;

    /// <inheritdoc/>
    public override bool Fits(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return (canBeEmpty && text.Length == 0) || IsId(text);
    }
}
