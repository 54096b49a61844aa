using System.Text.Json.Nodes;

namespace Baton.Tests.JsonSchema.Compatibility;

/// <summary>Documents made towards a definition: not always valid, but more often than by chance.</summary>
internal sealed class RandomDocuments(Random random, RandomSchemas schemas, JsonObject definition)
{
    public JsonNode? Towards(JsonNode? schema, int depth)
    {
        if (depth == 0 || schema is not JsonObject keywords || random.Next(10) == 0) return schemas.Document(Math.Max(depth, 1));
        if (keywords["$ref"] is { } reference && random.Next(4) > 0) return Towards(Target(reference), depth - 1);
        if (keywords.ContainsKey("const")) return keywords["const"]?.DeepClone();
        if (keywords["enum"] is JsonArray values) return schemas.Pick([.. values])?.DeepClone();
        foreach (var keyword in (string[])["anyOf", "oneOf", "allOf"])
        {
            if (keywords[keyword] is JsonArray branches && random.Next(3) > 0) return Towards(schemas.Pick([.. branches]), depth);
        }

        return OfType(keywords, TypeFor(keywords), depth);
    }

    JsonNode? Target(JsonNode reference)
    {
        var text = reference.GetValue<string>();
        return text == "#" ? definition : definition["$defs"]?[text[^1..]];
    }

    string TypeFor(JsonObject keywords)
    {
        if (keywords["type"] is JsonArray types) return schemas.Pick([.. types])!.GetValue<string>();
        if (keywords["type"] is { } type) return type.GetValue<string>();
        var names = string.Join(' ', keywords.Select(member => member.Key));
        if (names.Contains("roperties") || names.Contains("required") || names.Contains("depend")) return "object";
        if (names.Contains("tems") || names.Contains("ontain")) return "array";
        if (names.Contains("Length") || names.Contains("pattern") || names.Contains("format")) return "string";
        return names.Contains("imum") || names.Contains("multiple") ? "number" : schemas.Pick(["object", "array", "any"]);
    }

    JsonNode? OfType(JsonObject keywords, string type, int depth) => type switch
    {
        "null" => null,
        "boolean" => random.Next(2) == 0,
        "integer" => random.Next(-2, 6),
        "number" => Near(keywords),
        "string" => schemas.Pick(["", "a", "b", "ab", "abc", "bc", "2020-01-02", "192.0.2.1", "a@example.org", "ba"]),
        "array" => Array(keywords, depth),
        "object" => Object(keywords, depth),
        _ => schemas.Document(depth),
    };

    /// <summary>A number at one of the bounds, or close to it.</summary>
    JsonValue Near(JsonObject keywords)
    {
        var bounds = keywords.Where(member => member.Key.Contains("imum")).Select(member => member.Value!.GetValue<decimal>());
        var start = schemas.Pick([.. bounds, 0m]);
        return JsonValue.Create(start + random.Next(-4, 5) / 2m);
    }

    JsonArray Array(JsonObject keywords, int depth)
    {
        var items = new JsonArray();
        var prefix = (keywords["prefixItems"] ?? keywords["items"]) as JsonArray ?? [];
        for (var count = random.Next(4); count > 0; count--)
        {
            var schema = items.Count < prefix.Count ? prefix[items.Count] : keywords["items"] ?? keywords["additionalItems"];
            if (keywords["contains"] is { } contained && random.Next(2) == 0) schema = contained;
            items.Add(Towards(schema, depth - 1));
        }

        return items;
    }

    JsonObject Object(JsonObject keywords, int depth)
    {
        var members = new JsonObject();
        var required = (keywords["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>());
        var optional = Enumerable.Range(0, random.Next(4)).Select(_ => schemas.Name());
        foreach (var name in required.Concat(optional))
        {
            var schema = keywords["properties"]?[name] ?? keywords["additionalProperties"];
            members[name] = Towards(schema, depth - 1);
        }

        return members;
    }
}
