using System.Text.Json;
using Baton.JsonSchema.Compatibility.Formulas;
using Baton.JsonSchema.References;

namespace Baton.JsonSchema.Compatibility.Reading;

/// <summary>Keywords for arrays, but for `unevaluatedItems`.</summary>
internal static class ArrayKeywords
{
    public static void Add(SchemaReader reader, SchemaPlace place, List<Formula> parts)
    {
        NumberAndStringKeywords.AddCount(reader, place, parts, "minItems", Kinds.Array);
        NumberAndStringKeywords.AddCount(reader, place, parts, "maxItems", Kinds.Array);
        if (place.Value("uniqueItems") is { ValueKind: JsonValueKind.True })
            parts.Add(reader.Factory.DistinctItems(reader.OriginOf(place, "uniqueItems")));
        AddItems(reader, place, parts);
        if (place.Schema("contains") is { } contained) AddContains(reader, place, parts, reader.Read(contained));
    }

    /// <summary>How many items the keywords for single places cover; null: all, by a keyword for the rest.</summary>
    public static long? CoveredItems(SchemaPlace place) =>
        place.Schema(RestKeyword(place)) is null ? place.Schemas(ListKeyword(place))?.Count ?? 0 : null;

    static void AddItems(SchemaReader reader, SchemaPlace place, List<Formula> parts)
    {
        var count = 0;
        foreach (var item in place.Schemas(ListKeyword(place)) ?? [])
        {
            var origin = reader.OriginAt(item, ListKeyword(place));
            parts.Add(reader.Factory.ItemAt(origin, count++, reader.Read(item)));
        }

        var keyword = RestKeyword(place);
        if (place.Schema(keyword) is { } rest)
            parts.Add(reader.Factory.ItemsFrom(reader.OriginOf(place, keyword), count, reader.Read(rest)));
    }

    static void AddContains(SchemaReader reader, SchemaPlace place, List<Formula> parts, Formula contained)
    {
        var least = place.Dialect.IsDraft7 ? null : NumberAndStringKeywords.CountAt(place, "minContains");
        var most = place.Dialect.IsDraft7 ? null : NumberAndStringKeywords.CountAt(place, "maxContains");
        var leastOrigin = reader.OriginOf(place, least is null ? "contains" : "minContains");
        parts.Add(reader.Factory.ContainsAtLeast(leastOrigin, contained, least ?? 1));
        if (most is not null)
            parts.Add(reader.Factory.ContainsAtMost(reader.OriginOf(place, "maxContains"), contained, most.Value));
    }

    /// <summary>The keyword that may list schemas for the first items.</summary>
    static string ListKeyword(SchemaPlace place) => place.Dialect.IsDraft7 ? "items" : "prefixItems";

    /// <summary>The keyword that speaks of the items after those: `additionalItems` only beside a list.</summary>
    static string RestKeyword(SchemaPlace place) =>
        place.Dialect.IsDraft7 && place.Schemas("items") is not null ? "additionalItems" : "items";
}
