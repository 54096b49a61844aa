using System.Text;
using System.Text.Json;
using Baton.Server.Platform.JsonSchema.Formats;

namespace Baton.Server.Platform.JsonSchema.Compatibility.Formulas;

/// <summary>Patterns and formats exactly as the validator understands them: it is asked.</summary>
internal sealed class TextRules(Budget budget)
{
    /// <summary>A look at a text costs more than one step of reasoning.</summary>
    const int Cost = 5;

    readonly Dictionary<(string Keyword, string Rule), CompiledSchema?> _compiled = [];

    public static bool IsAsserted(string format) => StringFormat.Named(format) is not null;

    /// <summary>Null: the pattern is no pattern, or takes too long.</summary>
    public bool? Matches(string pattern, string text) => IsValid("pattern", pattern, text);

    public bool? HasFormat(string format, string text) => IsValid("format", format, text);

    bool? IsValid(string keyword, string rule, string text)
    {
        budget.Spend(Cost);
        if (!_compiled.TryGetValue((keyword, rule), out var schema))
        {
            var definition = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { [keyword] = rule });
            schema = _compiled[(keyword, rule)] = CompiledSchema.Compile(definition).Schema;
        }

        var document = Encoding.UTF8.GetBytes(Instance.Of(text).Json);
        if (schema?.Validate(document, maxErrors: 1) is not { } violations) return null;
        if (violations.Count == 0) return true;
        return violations[0].Keyword == keyword ? false : null;
    }
}
