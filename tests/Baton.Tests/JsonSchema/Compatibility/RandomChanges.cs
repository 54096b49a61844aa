using System.Text.Json.Nodes;

namespace Baton.Tests.JsonSchema.Compatibility;

/// <summary>Changes a definition somewhere, more often to a wider one than to a narrower one.</summary>
internal sealed class RandomChanges(Random random, RandomSchemas schemas)
{
    static readonly string[] s_values = ["enum", "const", "required", "type", "pattern", "format", "title", "$schema", "$ref"];

    public JsonObject Change(JsonObject definition)
    {
        var changed = (JsonObject)definition.DeepClone();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var places = Places(changed).ToList();
            ChangeAt(places[random.Next(places.Count)]);
        }

        return changed;
    }

    void ChangeAt(JsonObject schema)
    {
        var keywords = schema.Select(member => member.Key).Where(key => key is not ("$schema" or "$defs")).ToList();
        if (keywords.Count == 0 || random.Next(3) == 0)
        {
            schemas.AddKeyword(schema, depth: 1);
            return;
        }

        var keyword = keywords[random.Next(keywords.Count)];
        switch (schema[keyword])
        {
            case JsonValue number when number.TryGetValue<decimal>(out var value) && keyword != "const":
                schema[keyword] = Math.Max(value + random.Next(-1, 2), keyword == "multipleOf" ? 0.5m : 0);
                break;
            case JsonArray list when keyword is "enum" or "required" or "anyOf" or "allOf" or "oneOf" or "prefixItems":
                ChangeList(keyword, list);
                break;
            case JsonObject map when keyword == "properties":
                map[schemas.Name()] = schemas.Schema(depth: 1);
                break;
            default:
                schema.Remove(keyword);
                break;
        }
    }

    void ChangeList(string keyword, JsonArray list)
    {
        if (random.Next(2) == 0 && list.Count > 1)
        {
            list.RemoveAt(random.Next(list.Count));
            return;
        }

        JsonNode? added = keyword switch
        {
            "enum" => schemas.Document(depth: 1),
            "required" => schemas.Name(),
            _ => schemas.Schema(depth: 1),
        };
        if (!list.Any(item => JsonNode.DeepEquals(item, added))) list.Add(added);
    }

    /// <summary>Objects that are schemas, or that hold schemas by name: a keyword added to these is a name.</summary>
    static IEnumerable<JsonObject> Places(JsonNode? node)
    {
        if (node is JsonObject schema) yield return schema;
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject map => map.Where(member => !s_values.Contains(member.Key)).SelectMany(member => Below(member.Key, member.Value)),
            JsonArray list => list,
            _ => [],
        };
        foreach (var place in children.SelectMany(Places)) yield return place;
    }

    static IEnumerable<JsonNode?> Below(string keyword, JsonNode? value) => keyword switch
    {
        "properties" or "patternProperties" or "dependentSchemas" or "$defs" when value is JsonObject map =>
            map.Select(member => member.Value),
        "dependencies" or "dependentRequired" => [],
        _ => [value],
    };
}
