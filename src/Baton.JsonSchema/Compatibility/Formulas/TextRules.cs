using System.Text;
using System.Text.Json;
using Baton.JsonSchema.Formats;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.Compatibility.Formulas;

/// <summary>Tells whether texts fulfil patterns and formats. It asks the validator, so that both agree.</summary>
internal sealed class TextRules(Budget budget)
{
    /// <summary>The units of work that one look at a text costs: it is more than one step of reasoning.</summary>
    const int Cost = 5;

    /// <summary>The most matches that may be given up. Each takes some time before it is.</summary>
    const int MaxGivenUp = 4;

    readonly Dictionary<(string Keyword, string Rule), Rule> _rules = [];
    int _givenUp;

    /// <summary>
    /// A rule as a schema, and its opposite: if neither accepts a text, the validator has given the match up.
    /// </summary>
    sealed record Rule(CompiledSchema? Schema, CompiledSchema? Opposite);

    public static bool IsAsserted(string format) => StringFormat.Named(format) is not null;

    /// <summary>Whether a text matches; null if the pattern is not valid, or if matching takes too long.</summary>
    /// <exception cref="UndecidableException">That happened too often.</exception>
    public bool? Matches(string pattern, string text) => IsValid("pattern", pattern, text);

    public bool? HasFormat(string format, string text) => IsValid("format", format, text);

    bool? IsValid(string keyword, string rule, string text)
    {
        budget.Spend(Cost);
        if (!_rules.TryGetValue((keyword, rule), out var found))
            _rules[(keyword, rule)] = found = Compile(new Dictionary<string, string> { [keyword] = rule });
        var document = Encoding.UTF8.GetBytes(Instance.Of(text).Json);
        if (IsAccepted(found.Schema, document)) return true;
        if (IsAccepted(found.Opposite, document)) return false;
        if (++_givenUp > MaxGivenUp) throw new UndecidableException("its patterns take too long to match");
        return null;
    }

    static bool IsAccepted(CompiledSchema? schema, byte[] document) =>
        schema?.Validate(document, maxErrors: 1).Count == 0;

    static Rule Compile(Dictionary<string, string> schema) => new(
        CompiledSchema.Compile(
            JsonSerializer.SerializeToUtf8Bytes(schema, JsonText.Default.DictionaryStringString)).Schema,
        CompiledSchema.Compile(JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, Dictionary<string, string>> { ["not"] = schema },
            JsonText.Default.DictionaryStringDictionaryStringString)).Schema);
}
