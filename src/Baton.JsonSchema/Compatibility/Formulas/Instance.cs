using System.Globalization;
using System.Text;
using System.Text.Json;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.Compatibility.Formulas;

/// <summary>A JSON value with numbers as exact ones. Equal values have the same text.</summary>
internal sealed class Instance
{
    /// <summary>Definitions are not nested deeper than this when the parser has let them through.</summary>
    const int MaxNesting = 150;

    Instance(Kinds kind, string json) => (Kind, Json) = (kind, json);

    public Kinds Kind { get; }

    /// <summary>Canonical text: members by name, numbers without exponents.</summary>
    public string Json { get; }

    public Rational Number { get; private init; }

    public string Text { get; private init; } = "";

    public IReadOnlyList<Instance> Items { get; private init; } = [];

    public IReadOnlyDictionary<string, Instance> Members { get; private init; } = new Dictionary<string, Instance>();

    public static Instance Null { get; } = new(Kinds.Null, "null");

    public static Instance True { get; } = new(Kinds.Boolean, "true");

    public static Instance False { get; } = new(Kinds.Boolean, "false");

    /// <summary>Characters as JSON Schema counts them: code points.</summary>
    public int Length => Text.EnumerateRunes().Count();

    public static Instance Of(Rational number) =>
        new(number.IsInteger ? Kinds.Integer : Kinds.Fraction, number.ToString()) { Number = number };

    public static Instance Of(string text) =>
        new(Kinds.String, JsonText.ReadableOf(text)) { Text = text };

    public static Instance Of(IReadOnlyList<Instance> items) =>
        new(Kinds.Array, $"[{string.Join(',', items.Select(item => item.Json))}]") { Items = items };

    public static Instance Of(IReadOnlyDictionary<string, Instance> members)
    {
        var json = new StringBuilder("{");
        foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            if (json.Length > 1) json.Append(',');
            json.Append(CultureInfo.InvariantCulture, $"{JsonText.ReadableOf(name)}:{value.Json}");
        }

        return new(Kinds.Object, json.Append('}').ToString()) { Members = members };
    }

    /// <summary>A value of a definition.</summary>
    /// <exception cref="UndecidableException">A number has too many digits, or it is too deep.</exception>
    public static Instance Read(JsonElement element, int nesting = 0)
    {
        if (nesting > MaxNesting) throw new UndecidableException("a value of the definition is nested too deeply");
        return element.ValueKind switch
        {
            JsonValueKind.True => True,
            JsonValueKind.False => False,
            JsonValueKind.Number => Of(ReadNumber(element)),
            JsonValueKind.String => Of(element.GetString()!),
            JsonValueKind.Array => Of([.. element.EnumerateArray().Select(item => Read(item, nesting + 1))]),
            JsonValueKind.Object => Of(ReadMembers(element, nesting)),
            _ => Null,
        };
    }

    public static Rational ReadNumber(JsonElement element) => Rational.Parse(element.GetRawText())
        ?? throw new UndecidableException("a number of the definition has too many digits");

    static Dictionary<string, Instance> ReadMembers(JsonElement element, int nesting)
    {
        var members = new Dictionary<string, Instance>();
        foreach (var member in element.EnumerateObject()) members[member.Name] = Read(member.Value, nesting + 1);
        return members;
    }
}
