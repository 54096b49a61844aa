using System.Text.Json.Nodes;

namespace Baton.Tests.JsonSchema.Compatibility;

/// <summary>
/// Random definitions over a small alphabet, so that two of them, and a document, often speak of the same things. The same
/// seed gives the same definitions.
/// </summary>
internal sealed class RandomSchemas(Random random)
{
    static readonly string[] s_types = ["null", "boolean", "integer", "number", "string", "array", "object"];
    static readonly string[] s_patterns = ["^a", "b", "^[ab]$", "c$", "^"];
    static readonly string[] s_formats = ["date", "ipv4", "email", "colour"];

    /// <summary>A definition keeps to one of these, mostly: so that its keywords meet each other.</summary>
    static readonly (string[] Types, string[] Keywords)[] s_families =
    [
        (["integer", "number"],
        [
            "type", "type", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "multipleOf", "enum",
            "anyOf", "not",
        ]),
        (["string"], ["type", "minLength", "maxLength", "pattern", "format", "enum", "const", "allOf", "not"]),
        (["array", "array", "integer", "boolean"],
        [
            "type", "minItems", "maxItems", "uniqueItems", "items", "prefixItems", "contains", "contains", "minContains",
            "maxContains", "unevaluatedItems", "additionalItems", "enum", "allOf",
        ]),
        (["object", "object", "integer", "string"],
        [
            "type", "minProperties", "maxProperties", "required", "properties", "properties", "patternProperties",
            "additionalProperties", "additionalProperties", "propertyNames", "dependentRequired", "dependentSchemas",
            "dependencies", "unevaluatedProperties", "anyOf", "enum",
        ]),
        (["object", "integer", "string", "null"],
        [
            "type", "allOf", "anyOf", "oneOf", "not", "if", "$ref", "enum", "const", "minimum", "maxLength", "required",
            "properties",
        ]),
        (["object", "array"], ["type", "required", "properties", "items", "minItems", "anyOf", "$ref", "$ref"]),
    ];

    readonly (string[] Types, string[] Keywords) _family = random.Next(3) == 0
        ? (s_types, [.. s_families.SelectMany(family => family.Keywords), "title"])
        : s_families[random.Next(s_families.Length)];

    public bool IsDraft7 { get; private set; }

    public JsonObject Definition()
    {
        IsDraft7 = random.Next(5) == 0;
        var root = Schema(depth: 3) as JsonObject ?? [];
        // Draft 7 would see nothing beside it, and what no document reaches is of no use.
        if (IsDraft7 || random.Next(2) == 0) root.Remove("$ref");
        if (_family.Keywords.Contains("$ref"))
            root["$defs"] = new JsonObject { ["a"] = Schema(depth: 2), ["b"] = Schema(depth: 2) };

        if (IsDraft7) root["$schema"] = "http://json-schema.org/draft-07/schema#";
        return root;
    }

    public JsonNode Schema(int depth)
    {
        if (depth == 0 || random.Next(12) == 0)
            return random.Next(3) switch { 0 => true, 1 => Object("type", Pick(_family.Types)), _ => random.Next(4) > 0 };
        var schema = new JsonObject();
        for (var count = random.Next(4); count >= 0; count--) AddKeyword(schema, depth);
        return schema;
    }

    public void AddKeyword(JsonObject schema, int depth)
    {
        var keyword = Pick(_family.Keywords);
        schema[keyword] = Value(keyword, depth);
        if (keyword == "if" && random.Next(3) > 0) schema["then"] = Schema(depth - 1);
        if (keyword == "if" && random.Next(3) > 0) schema["else"] = Schema(depth - 1);
    }

    public T Pick<T>(params ReadOnlySpan<T> items) => items[random.Next(items.Length)];

    public string Name() => Pick(["a", "b", "c"]);

    /// <summary>A value that bounds and constants may have.</summary>
    public JsonNode? Scalar() => random.Next(8) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 or 3 => random.Next(-1, 4),
        4 => random.Next(-2, 6) / 2m,
        _ => Pick(["", "a", "b", "ab", "abc", "2020-01-02"]),
    };

    JsonNode? Value(string keyword, int depth) => keyword switch
    {
        "type" => random.Next(3) > 0 ? Pick(_family.Types) : Several(() => Pick(s_types), distinct: true),
        "enum" => Several(() => Document(depth: 1), distinct: true),
        "const" => Document(depth: 1),
        "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" => random.Next(-2, 8) / 2m,
        "multipleOf" => Pick([0.5m, 1, 2, 3, 1.5m]),
        "pattern" => Pick(s_patterns),
        "format" => Pick(s_formats),
        "uniqueItems" => random.Next(3) > 0,
        "items" when IsDraft7 && random.Next(2) == 0 => Several(() => Schema(depth - 1)),
        "required" => Several(() => Name(), distinct: true),
        "prefixItems" or "allOf" or "anyOf" or "oneOf" => Several(() => Schema(depth - 1)),
        "properties" or "dependentSchemas" => Map(Name, () => Schema(depth - 1)),
        "patternProperties" => Map(() => Pick(s_patterns), () => Schema(depth - 1)),
        "dependentRequired" => Map(Name, () => Several(() => Name(), distinct: true)),
        "dependencies" => Map(Name, () => random.Next(2) == 0 ? Schema(depth - 1) : Several(() => Name(), distinct: true)),
        "additionalProperties" or "unevaluatedProperties" or "unevaluatedItems" when random.Next(2) == 0 => false,
        "propertyNames" => Pick<Func<JsonNode>>([() => Object("maxLength", 1), () => Schema(depth - 1),
            () => Object("enum", new JsonArray("a", "b")), () => Object("pattern", Pick(s_patterns))])(),
        "$ref" => Pick(["#/$defs/a", "#/$defs/b", "#"]),
        "title" => Pick(["x", "y"]),
        "additionalItems" or "additionalProperties" or "items" or "contains" or "not" or "if" or "unevaluatedItems"
            or "unevaluatedProperties" => Schema(depth - 1),
        _ => random.Next(4),
    };

    /// <summary>A document over the same alphabet.</summary>
    public JsonNode? Document(int depth)
    {
        if (depth == 0 || random.Next(5) < 2) return Scalar();
        return random.Next(3) == 0
            ? new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Document(depth - 1))])
            : Map(Name, () => Document(depth - 1), least: 0);
    }

    static JsonObject Object(string keyword, JsonNode value) => new() { [keyword] = value };

    JsonArray Several(Func<JsonNode?> make, bool distinct = false)
    {
        var items = Enumerable.Range(0, random.Next(1, 4)).Select(_ => make());
        if (distinct) items = items.DistinctBy(item => item?.ToJsonString());
        return new JsonArray([.. items]);
    }

    JsonObject Map(Func<string> name, Func<JsonNode?> value, int least = 1)
    {
        var map = new JsonObject();
        for (var count = random.Next(least, 4); count > 0; count--) map[name()] = value();
        return map;
    }
}
