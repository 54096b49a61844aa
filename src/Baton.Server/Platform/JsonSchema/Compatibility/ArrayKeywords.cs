using System.Text.Json;

namespace Baton.Server.Platform.JsonSchema.Compatibility;

/// <summary>Keywords for arrays, but for `unevaluatedItems`.</summary>
internal static class ArrayKeywords
{
    public static void Add(SchemaReader reader, SchemaPlace place, List<Formula> parts)
    {
        var factory = reader.Factory;
        NumberAndStringKeywords.AddCount(reader, place, parts, "minItems", Kinds.Array);
        NumberAndStringKeywords.AddCount(reader, place, parts, "maxItems", Kinds.Array);
        if (place.Find("uniqueItems") is { Element.ValueKind: JsonValueKind.True })
            parts.Add(factory.DistinctItems(reader.OriginOf(place, "uniqueItems")));
        AddItems(reader, place, parts);
        if (place.Find("contains") is { } contained) AddContains(reader, place, parts, reader.Read(contained));
    }

    /// <summary>How many items the keywords for single places cover; null: all, by a keyword for the rest.</summary>
    public static long? CoveredItems(SchemaPlace place)
    {
        var rest = RestKeyword(place);
        return place.Find(rest) is { } items && !IsList(items) ? null : Listed(place)?.Element.GetArrayLength() ?? 0;
    }

    static void AddItems(SchemaReader reader, SchemaPlace place, List<Formula> parts)
    {
        var count = 0;
        if (Listed(place) is { } listed)
        {
            var keyword = place.IsDraft7 ? "items" : "prefixItems";
            foreach (var item in listed.Items())
                parts.Add(reader.Factory.ItemAt(reader.OriginAt(item, keyword), count++, reader.Read(item)));
        }

        var rest = RestKeyword(place);
        if (place.Find(rest) is { } items && !IsList(items))
            parts.Add(reader.Factory.ItemsFrom(reader.OriginOf(place, rest), count, reader.Read(items)));
    }

    static void AddContains(SchemaReader reader, SchemaPlace place, List<Formula> parts, Formula contained)
    {
        var least = place.IsDraft7 ? null : NumberAndStringKeywords.CountAt(place, "minContains");
        var most = place.IsDraft7 ? null : NumberAndStringKeywords.CountAt(place, "maxContains");
        var leastOrigin = reader.OriginOf(place, least is null ? "contains" : "minContains");
        parts.Add(reader.Factory.ContainsAtLeast(leastOrigin, contained, least ?? 1));
        if (most is not null)
            parts.Add(reader.Factory.ContainsAtMost(reader.OriginOf(place, "maxContains"), contained, most.Value));
    }

    /// <summary>The list of schemas for the first items.</summary>
    static SchemaPlace? Listed(SchemaPlace place)
    {
        var listed = place.Find(place.IsDraft7 ? "items" : "prefixItems");
        return listed is not null && IsList(listed) ? listed : null;
    }

    /// <summary>The keyword that speaks of the items after those: `additionalItems` only beside a list.</summary>
    static string RestKeyword(SchemaPlace place) => place.IsDraft7 && Listed(place) is not null ? "additionalItems" : "items";

    static bool IsList(SchemaPlace place) => place.Element.ValueKind == JsonValueKind.Array;
}
