using Baton.JsonSchema.Documents;
using Baton.JsonSchema.Formats;
using Baton.JsonSchema.Patterns;

namespace Baton.JsonSchema.Checks.Keywords;

/// <summary>The keywords for strings.</summary>
internal sealed class StringChecks
{
    /// <summary>The most bytes of a code point: twelve, if it is escaped.</summary>
    const int MaxBytesPerCodePoint = 12;

    public long MinLength { get; init; }

    public long MaxLength { get; init; } = long.MaxValue;

    public PatternMatcher? Pattern { get; init; }

    /// <summary>The format, if it is to be asserted.</summary>
    public StringFormat? Format { get; init; }

    public bool Accepts(ref Evaluation evaluation, int token)
    {
        var isValid = HasLength(ref evaluation, token);
        if (!isValid && !evaluation.Collects) return false;
        if (Pattern is { } pattern && !pattern.IsMatch(ref evaluation, token, "pattern"))
        {
            isValid = evaluation.Violations.Refuse(
                token,
                "pattern",
                $"{Excerpt.Of(evaluation.Document, token)} does not match the pattern {Excerpt.Of(pattern.Source)}.");
        }

        return (Format is null || HasFormat(ref evaluation, token, Format)) && isValid;
    }

    bool HasLength(ref Evaluation evaluation, int token)
    {
        // A code point takes at least one byte, so that most strings need not be counted.
        var value = evaluation.Document[token];
        if (value.Size <= MaxLength && (MinLength == 0 || value.Size / MaxBytesPerCodePoint >= MinLength)) return true;
        if (!evaluation.SpendText(token, value.Size)) return false;
        var isEscaped = value.Kind == TokenKind.EscapedString;
        var length = JsonText.CountCodePoints(evaluation.Document.Raw(value), isEscaped);
        if (length < MinLength)
        {
            return evaluation.Violations.Refuse(
                token,
                "minLength",
                $"{Excerpt.Of(evaluation.Document, token)} has {length} characters: use at least {MinLength}.");
        }

        return length <= MaxLength || evaluation.Violations.Refuse(
            token,
            "maxLength",
            $"{Excerpt.Of(evaluation.Document, token)} has {length} characters: use at most {MaxLength}.");
    }

    static bool HasFormat(ref Evaluation evaluation, int token, StringFormat format)
    {
        var text = evaluation.Document.Unescaped(token);
        if (!evaluation.SpendText(token, (long)text.Length * format.Effort)) return false;
        return format.IsMatch(text) || evaluation.Violations.Refuse(
            token,
            "format",
            $"{Excerpt.Of(evaluation.Document, token)} is no {format.Name}: write it {format.Hint}.");
    }
}
