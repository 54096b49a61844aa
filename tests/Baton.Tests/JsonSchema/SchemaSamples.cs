using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.JsonSchema;

/// <summary>Random definitions of both drafts, over the names and values of <see cref="JsonSamples"/>.</summary>
internal static class SchemaSamples
{
    const string Draft7 = "http://json-schema.org/draft-07/schema#";

    static readonly string[] s_types = ["null", "boolean", "integer", "number", "string", "array", "object"];
    static readonly string[] s_names = ["a", "b", "c", "ab", "name_of_eight", "é", "x-1"];
    static readonly string[] s_patterns = ["^a", "b$", "^.$", "\\\\d", "^[^a]*$", "^\\\\p{L}+$", "x-", "(?=a)"];
    static readonly string[] s_numbers = ["0", "1", "2", "1.5", "-2.5", "100", "1e2", "0.1", "1e400", "12345678901234567890"];

    /// <summary>Schemas without `$schema`, for draft 2020-12.</summary>
    public static Gen<string> Newer { get; } = Gen.Sized(size => Schema(Math.Min(size / 2, 12), isDraft7: false));

    /// <summary>Whole definitions of either draft.</summary>
    public static Gen<string> Definitions { get; } = Gen.OneOf(
        Newer.Select(schema => Wrap(schema, draft: null)),
        Gen.Sized(size => Schema(Math.Min(size / 2, 12), isDraft7: true)).Select(schema => Wrap(schema, Draft7)));

    /// <summary>A definition whose root is this schema, with what its references name.</summary>
    public static string Wrap(string schema, string? draft)
    {
        var dialect = draft is null ? "" : $"\"$schema\": \"{draft}\", ";
        return $$"""
            { {{dialect}} "allOf": [{{schema}}], "definitions": {
              "text": {"type": "string", "minLength": 1},
              "tree": {"type": ["array", "object", "integer"], "items": {"$ref": "#/definitions/tree"},
                       "additionalProperties": {"$ref": "#/definitions/tree"} } } }
            """;
    }

    static Gen<string> Schema(int size, bool isDraft7) => size <= 0
        ? Gen.Frequency((1, Gen.Elements("true", "false", "{}")), (6, Keywords(Leaf(isDraft7), 1)))
        : Gen.Frequency(
            (1, Gen.Elements("true", "false", "{}")),
            (1, Gen.Elements("#/definitions/text", "#/definitions/tree").Select(target => $$"""{"$ref": "{{target}}" }""")),
            (12, Keywords(Gen.OneOf(Leaf(isDraft7), Branch(size, isDraft7)), 3)));

    /// <summary>An object of up to so many keywords, each of them once.</summary>
    static Gen<string> Keywords(Gen<string> keyword, int max) =>
        from count in Gen.Choose(1, max)
        from keywords in Gen.ListOf(keyword, count)
        select "{" + string.Join(", ", keywords.DistinctBy(text => text[..text.IndexOf(':')])) + "}";

    static Gen<string> Leaf(bool isDraft7) => Gen.OneOf(
        Gen.Elements(s_types).Select(type => $"\"type\": \"{type}\""),
        Gen.SubListOf(s_types).Where(types => types.Count > 0)
            .Select(types => $"\"type\": [{string.Join(", ", types.Select(type => $"\"{type}\""))}]"),
        Pair(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"], Gen.Elements(s_numbers)),
        Pair(["multipleOf"], Gen.Elements("1", "2", "0.1", "2.5", "1e-2", "3e1")),
        Pair(["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"], Gen.Choose(0, 3).Select(count => $"{count}")),
        Pair(["uniqueItems"], Gen.Elements("true", "false")),
        Pair(["pattern"], Gen.Elements(s_patterns).Select(pattern => $"\"{pattern}\"")),
        Pair(["format"], Gen.Elements("\"date\"", "\"uuid\"", "\"uri-reference\"")),
        Pair(["const"], JsonSamples.Values),
        Pair(["enum"], Gen.ListOf(JsonSamples.Values, 3).Select(values => $"[{string.Join(", ", values)}]")),
        Pair(["required"], NameList()),
        isDraft7
            ? Pair(["dependencies"], NameMap(NameList()))
            : Pair(["dependentRequired"], NameMap(NameList())));

    static Gen<string> Branch(int size, bool isDraft7)
    {
        var schema = Schema(size / 3, isDraft7);
        var list = Gen.Choose(1, 3).SelectMany(count => Gen.ListOf(schema, count)).Select(schemas => $"[{string.Join(", ", schemas)}]");
        string[] single = ["not", "if", "then", "else", "items", "contains", "additionalProperties", "propertyNames"];
        string[] newerSingle = [.. single, "unevaluatedItems", "unevaluatedProperties"];
        return Gen.OneOf(
            Pair(isDraft7 ? [.. single, "additionalItems"] : newerSingle, schema),
            Pair(["allOf", "anyOf", "oneOf"], list),
            Pair([isDraft7 ? "items" : "prefixItems"], list),
            Pair(["properties"], NameMap(schema)),
            Pair(["patternProperties"], Gen.Elements(s_patterns)
                .SelectMany(pattern => schema.Select(value => $$"""{"{{pattern}}": {{value}} }"""))),
            Pair([isDraft7 ? "dependencies" : "dependentSchemas"], NameMap(schema)),
            isDraft7 ? Pair(["properties"], NameMap(schema)) : Contains(schema));
    }

    /// <summary>Two keywords that mean little without each other.</summary>
    static Gen<string> Contains(Gen<string> schema) =>
        from items in schema
        from min in Gen.Choose(0, 2)
        from more in Gen.Choose(0, 2)
        select $"\"contains\": {items}, \"minContains\": {min}, \"maxContains\": {min + more}";

    static Gen<string> Pair(string[] keywords, Gen<string> values) =>
        from keyword in Gen.Elements(keywords)
        from value in values
        select $"\"{keyword}\": {value}";

    static Gen<string> NameList() =>
        Gen.SubListOf(s_names).Select(names => $"[{string.Join(", ", names.Take(3).Select(name => $"\"{name}\""))}]");

    static Gen<string> NameMap(Gen<string> values) =>
        from names in Gen.Shuffle(s_names)
        from count in Gen.Choose(1, 3)
        from members in Gen.ListOf(values, count)
        select new StringBuilder("{")
            .AppendJoin(", ", members.Select((value, index) => $"\"{names[index]}\": {value}")).Append('}').ToString();
}
