using System.Text.Json.Nodes;

namespace Baton.Tests.Platform.JsonSchema.Compatibility;

/// <summary>
/// Random definitions over a small alphabet, so that two of them, and a document, often speak of the same things. The same
/// seed gives the same definitions.
/// </summary>
internal sealed class RandomSchemas(Random random)
{
    static readonly string[] s_types = ["null", "boolean", "integer", "number", "string", "array", "object"];
    static readonly string[] s_patterns = ["^a", "b", "^[ab]$", "c$", "^"];
    static readonly string[] s_formats = ["date", "ipv4", "email", "colour"];

    static readonly string[] s_keywords =
    [
        "type", "type", "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minLength", "maxLength", "pattern", "format", "minItems", "maxItems", "uniqueItems", "items", "items", "prefixItems",
        "contains", "minContains", "maxContains", "minProperties", "maxProperties", "required", "required", "properties",
        "properties", "properties", "patternProperties", "additionalProperties", "additionalProperties", "propertyNames",
        "dependentRequired", "dependentSchemas", "dependencies", "allOf", "anyOf", "anyOf", "oneOf", "not", "if",
        "unevaluatedItems", "unevaluatedProperties", "$ref", "title", "additionalItems",
    ];

    public bool IsDraft7 { get; private set; }

    public JsonObject Definition()
    {
        IsDraft7 = random.Next(5) == 0;
        var root = Schema(depth: 3) as JsonObject ?? [];
        // Draft 7 would see nothing beside it.
        if (IsDraft7) root.Remove("$ref");
        foreach (var name in (string[])["a", "b"])
        {
            if (root["$defs"] is not JsonObject) root["$defs"] = new JsonObject();
            root["$defs"]![name] = Schema(depth: 2);
        }

        if (IsDraft7) root["$schema"] = "http://json-schema.org/draft-07/schema#";
        return root;
    }

    public JsonNode Schema(int depth)
    {
        if (depth == 0 || random.Next(12) == 0)
            return random.Next(3) switch { 0 => true, 1 => Object("type", Pick(s_types)), _ => random.Next(4) > 0 };
        var schema = new JsonObject();
        for (var count = random.Next(4); count >= 0; count--) AddKeyword(schema, depth);
        return schema;
    }

    public void AddKeyword(JsonObject schema, int depth)
    {
        var keyword = Pick(s_keywords);
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
        "type" => random.Next(3) > 0 ? Pick(s_types) : Several(() => Pick(s_types), distinct: true),
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
