using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Baton.JsonSchema.Checks;
using Baton.JsonSchema.Documents;

namespace Baton.JsonSchema.Patterns;

/// <summary>A regular expression of a schema, ready to be matched with strings of documents.</summary>
internal sealed class PatternMatcher
{
    const int MaxStackChars = 256;

    readonly Regex _regex;
    readonly PatternAlphabet? _alphabet;

    PatternMatcher(string source, EcmaPattern pattern, SchemaSettings settings)
    {
        (Source, _regex, _alphabet) = (source, Make(pattern, settings), pattern.Alphabet);
    }

    /// <summary>As it stands in the schema.</summary>
    public string Source { get; }

    /// <summary>Null, and why, for what is no regular expression.</summary>
    public static PatternMatcher? Create(string source, SchemaSettings settings, out string? problem)
    {
        problem = null;
        try
        {
            return new PatternMatcher(source, EcmaPattern.Translate(source), settings);
        }
        catch (PatternException fault)
        {
            problem = fault.Message;
        }
        catch (ArgumentException fault)
        {
            // What the translator lets pass and .NET does not, such as too many groups.
            problem = fault.Message;
        }

        return null;
    }

    /// <summary>Whether a string, or a name, has a match anywhere in it.</summary>
    public bool IsMatch(ref Evaluation evaluation, int token, string keyword)
    {
        var utf8 = evaluation.Document.Unescaped(token);
        if (!evaluation.SpendText(token, utf8.Length)) return false;
        var rented = utf8.Length > MaxStackChars ? ScratchArrays<char>.Rent(utf8.Length) : null;
        var chars = rented ?? stackalloc char[MaxStackChars];
        var length = _alphabet?.Map(utf8, chars) ?? Encoding.UTF8.GetChars(utf8, chars);
        var isMatch = IsMatchInTime(ref evaluation, chars[..length], token, keyword);
        if (rented is not null) ScratchArrays<char>.Return(rented);
        return isMatch;
    }

    /// <summary>
    /// An engine without backtracking takes time linear in the text, at worst times the size of the expression. It
    /// cannot do everything.
    /// </summary>
    static Regex Make(EcmaPattern pattern, SchemaSettings settings)
    {
        const RegexOptions options = RegexOptions.CultureInvariant;
        if (!pattern.NeedsBacktracking)
        {
            try
            {
                return new Regex(pattern.Translated, options | RegexOptions.NonBacktracking, settings.PatternBudget);
            }
            catch (NotSupportedException)
            {
                // Too large for it: many repetitions of a group, for example.
            }
        }

        return new Regex(pattern.Translated, options, settings.PatternTimeout);
    }

    bool IsMatchInTime(ref Evaluation evaluation, scoped ReadOnlySpan<char> text, int token, string keyword)
    {
        var isMatch = false;
        var isInTime = true;
        var start = Stopwatch.GetTimestamp();
        try
        {
            isMatch = _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            isInTime = false;
        }

        evaluation.PatternTimeLeft -= Stopwatch.GetElapsedTime(start);
        if (isInTime && evaluation.PatternTimeLeft > TimeSpan.Zero) return isMatch;
        evaluation.Refuse(
            token,
            keyword,
            $"Matching the pattern {Excerpt.Of(Source)} takes too long: write it without nested repetitions, "
            + "lookarounds and back references.");
        return false;
    }
}
