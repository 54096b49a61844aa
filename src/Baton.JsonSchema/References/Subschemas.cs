using System.Text.Json;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.References;

/// <summary>Where keywords hold schemas.</summary>
internal static class Subschemas
{
    static readonly string[] s_single =
    [
        "not", "if", "then", "else", "items", "contains", "additionalProperties", "propertyNames",
    ];

    static readonly string[] s_lists = ["allOf", "anyOf", "oneOf"];

    static readonly string[] s_maps = ["properties", "patternProperties", "definitions", "dependencies"];

    static readonly string[] s_single2020 = [.. s_single, "unevaluatedItems", "unevaluatedProperties", "contentSchema"];

    static readonly string[] s_lists2020 = [.. s_lists, "prefixItems"];

    static readonly string[] s_maps2020 = [.. s_maps, "$defs", "dependentSchemas"];

    static readonly string[] s_single7 = [.. s_single, "additionalItems"];

    static readonly string[] s_lists7 = [.. s_lists, "items"];

    /// <summary>
    /// The schemas directly in a schema, with their pointers from it. Values of the wrong kind are left out, but for
    /// those that stand where only a schema can stand.
    /// </summary>
    public static IEnumerable<(string Pointer, JsonElement Element)> Of(JsonElement schema, Dialect dialect)
    {
        if (schema.ValueKind != JsonValueKind.Object) return [];
        var (single, lists, maps) = dialect.IsDraft7
            ? (s_single7, s_lists7, s_maps)
            : (s_single2020, s_lists2020, s_maps2020);
        return InSingle(schema, single).Concat(InLists(schema, lists)).Concat(InMaps(schema, maps));
    }

    static IEnumerable<(string, JsonElement)> InSingle(JsonElement schema, string[] keywords) =>
        from keyword in keywords
        let value = schema.TryGetProperty(keyword, out var found) ? found : default
        where value.ValueKind != JsonValueKind.Undefined
        where keyword != "items" || value.ValueKind != JsonValueKind.Array
        select ($"/{keyword}", value);

    static IEnumerable<(string, JsonElement)> InLists(JsonElement schema, string[] keywords) =>
        from keyword in keywords
        let value = schema.TryGetProperty(keyword, out var found) ? found : default
        where value.ValueKind == JsonValueKind.Array
        from item in value.EnumerateArray().Index()
        select ($"/{keyword}/{item.Index}", item.Item);

    static IEnumerable<(string, JsonElement)> InMaps(JsonElement schema, string[] keywords) =>
        from keyword in keywords
        let value = schema.TryGetProperty(keyword, out var found) ? found : default
        where value.ValueKind == JsonValueKind.Object
        from member in value.EnumerateObject()
        where keyword != "dependencies" || member.Value.ValueKind != JsonValueKind.Array
        select ($"/{keyword}/{JsonPointer.Escape(member.Name)}", member.Value);
}
