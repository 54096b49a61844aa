using System.Text.Json;
using Baton.JsonSchema.Compatibility.Formulas;
using Baton.JsonSchema.References;

namespace Baton.JsonSchema.Compatibility.Reading;

/// <summary>Keywords for numbers and strings.</summary>
internal static class NumberAndStringKeywords
{
    public static void Add(SchemaReader reader, SchemaPlace place, List<Formula> parts)
    {
        var factory = reader.Factory;
        AddNumber("minimum", (origin, limit) => factory.LowerBound(origin, limit, isExclusive: false));
        AddNumber("exclusiveMinimum", (origin, limit) => factory.LowerBound(origin, limit, isExclusive: true));
        AddNumber("maximum", (origin, limit) => factory.UpperBound(origin, limit, isExclusive: false));
        AddNumber("exclusiveMaximum", (origin, limit) => factory.UpperBound(origin, limit, isExclusive: true));
        AddNumber("multipleOf", factory.MultipleOf);
        AddCount(reader, place, parts, "minLength", Kinds.String);
        AddCount(reader, place, parts, "maxLength", Kinds.String);
        if (place.Text("pattern") is { } pattern)
            parts.Add(factory.Pattern(reader.OriginOf(place, "pattern"), pattern));
        if (place.Text("format") is { } format && TextRules.IsAsserted(format))
            parts.Add(factory.Format(reader.OriginOf(place, "format"), format));

        void AddNumber(string keyword, Func<Origin, Rational, Formula> make)
        {
            if (place.Value(keyword) is { } value)
                parts.Add(make(reader.OriginOf(place, keyword), Instance.ReadNumber(value)));
        }
    }

    /// <summary>One of the keywords that begin with `min` or `max` and count.</summary>
    public static void AddCount(
        SchemaReader reader, SchemaPlace place, List<Formula> parts, string keyword, Kinds kind)
    {
        if (CountAt(place, keyword) is not { } count) return;
        var origin = reader.OriginOf(place, keyword);
        parts.Add(keyword.StartsWith("min", StringComparison.Ordinal)
            ? reader.Factory.AtLeast(origin, kind, count)
            : reader.Factory.AtMost(origin, kind, count));
    }

    /// <summary>More than any document can hold is the same as the largest number.</summary>
    public static long? CountAt(SchemaPlace place, string keyword)
    {
        const long most = long.MaxValue / 4;
        if (place.Value(keyword) is not { ValueKind: JsonValueKind.Number } value) return null;
        var count = Instance.ReadNumber(value);
        return count > Rational.Of(most) ? most : (long)count.Floor();
    }
}
