using System.Text.Json;
using Baton.JsonSchema.References;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.Compatibility.Reading;

/// <summary>Reads the keywords of a schema: only those that its dialect has.</summary>
internal static class PlaceKeywords
{
    static readonly HashSet<string> s_applicators =
    [
        "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "items", "additionalItems", "prefixItems", "contains",
        "properties", "patternProperties", "additionalProperties", "propertyNames", "dependencies", "dependentSchemas",
    ];

    /// <summary>A name for the place that no other place of the definition has.</summary>
    public static string Key(this SchemaPlace place) => place.ToString();

    /// <summary>
    /// Where messages point at: what is in another document is shown where the definition refers to that.
    /// </summary>
    public static string ShownPointer(this SchemaPlace place) =>
        place.Resource.Document.ReferredFrom ?? place.Pointer;

    public static JsonElement? Value(this SchemaPlace place, string keyword) =>
        place.Dialect.Has(VocabularyOf(keyword)) && place.TryGet(keyword, out var value) ? value : null;

    public static string? Text(this SchemaPlace place, string keyword) =>
        place.Value(keyword) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>The schema under a keyword.</summary>
    public static SchemaPlace? Schema(this SchemaPlace place, string keyword) =>
        place.Value(keyword) is { ValueKind: JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False }
            ? place.At(keyword)
            : null;

    /// <summary>The schemas in the list under a keyword; null when there is no list.</summary>
    public static IReadOnlyList<SchemaPlace>? Schemas(this SchemaPlace place, string keyword) =>
        place.Value(keyword) is { ValueKind: JsonValueKind.Array } list
            ? [.. Enumerable.Range(0, list.GetArrayLength()).Select(index => place.At($"{keyword}/{index}"))]
            : null;

    /// <summary>
    /// The schemas in the map under a keyword, by name; those of `dependencies` that are lists are left out.
    /// </summary>
    public static IEnumerable<(string Name, SchemaPlace Schema)> NamedSchemas(this SchemaPlace place, string keyword) =>
        from member in place.Members(keyword)
        where member.Value.ValueKind != JsonValueKind.Array
        select (member.Name, place.At($"{keyword}/{JsonPointer.Escape(member.Name)}"));

    public static IEnumerable<JsonProperty> Members(this SchemaPlace place, string keyword) =>
        place.Value(keyword) is { ValueKind: JsonValueKind.Object } map ? map.EnumerateObject() : [];

    static SchemaPlace At(this SchemaPlace place, string path) =>
        place.Resource.Document.Places[$"{place.Pointer}/{path}"];

    static Vocabularies VocabularyOf(string keyword)
    {
        if (keyword.StartsWith('$') || keyword == "format") return Vocabularies.None;
        if (keyword.StartsWith("unevaluated", StringComparison.Ordinal)) return Vocabularies.Unevaluated;
        return s_applicators.Contains(keyword) ? Vocabularies.Applicator : Vocabularies.Validation;
    }
}
