using System.Text;
using System.Text.RegularExpressions;
using Baton.Server.Platform.JsonSchema.Checks;

namespace Baton.Server.Platform.JsonSchema.Patterns;

/// <summary>A regular expression of a schema, ready to be matched with strings of documents.</summary>
internal sealed class PatternMatcher(string source, Regex regex)
{
    public string Source { get; } = source;

    public static PatternMatcher? Create(string source, SchemaSettings settings, out string? problem)
    {
        problem = null;
        try
        {
            return new PatternMatcher(source, new Regex(source, RegexOptions.CultureInvariant, settings.PatternTimeout));
        }
        catch (ArgumentException fault)
        {
            problem = fault.Message;
            return null;
        }
    }

    public bool IsMatch(ref Evaluation evaluation, int token, string keyword) =>
        regex.IsMatch(Encoding.UTF8.GetString(evaluation.Document.Unescaped(token)));
}
