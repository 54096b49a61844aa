using System.Text.Json;
using Baton.JsonSchema.Compatibility.Formulas;
using Baton.JsonSchema.References;

namespace Baton.JsonSchema.Compatibility.Reading;

/// <summary>Keywords for objects, but for `unevaluatedProperties`.</summary>
internal static class ObjectKeywords
{
    public static void Add(SchemaReader reader, SchemaPlace place, List<Formula> parts)
    {
        NumberAndStringKeywords.AddCount(reader, place, parts, "minProperties", Kinds.Object);
        NumberAndStringKeywords.AddCount(reader, place, parts, "maxProperties", Kinds.Object);
        if (place.Value("required") is { } required)
            parts.AddRange(AllPresent(reader, reader.OriginOf(place, "required"), required));
        AddMembers(reader, place, parts);
        if (place.Schema("propertyNames") is { } names)
            parts.Add(reader.Factory.MemberNames(reader.OriginOf(place, "propertyNames"), reader.Read(names)));
        foreach (var keyword in DependencyKeywords(place)) AddDependencies(reader, place, keyword, parts);
    }

    /// <summary>Names and patterns that the keyword for the other members leaves out.</summary>
    public static (IReadOnlySet<string> Names, IReadOnlySet<string> Expressions) Covered(SchemaPlace place) => (
        place.Members("properties").Select(member => member.Name).ToHashSet(),
        place.Members("patternProperties").Select(member => member.Name).ToHashSet());

    /// <summary>`dependencies` is still read in draft 2020-12.</summary>
    public static IEnumerable<string> DependencyKeywords(SchemaPlace place) => place.Dialect.IsDraft7
        ? ["dependencies"]
        : ["dependencies", "dependentRequired", "dependentSchemas"];

    static void AddMembers(SchemaReader reader, SchemaPlace place, List<Formula> parts)
    {
        var factory = reader.Factory;
        foreach (var (name, schema) in place.NamedSchemas("properties"))
            parts.Add(factory.Member(reader.OriginAt(schema, "properties"), name, reader.Read(schema)));
        foreach (var (expression, schema) in place.NamedSchemas("patternProperties"))
        {
            var origin = reader.OriginAt(schema, "patternProperties");
            parts.Add(factory.MembersMatching(origin, expression, reader.Read(schema)));
        }

        if (place.Schema("additionalProperties") is not { } others) return;
        var (names, expressions) = Covered(place);
        parts.Add(factory.OtherMembers(
            reader.OriginOf(place, "additionalProperties"), names, expressions, reader.Read(others)));
    }

    static void AddDependencies(SchemaReader reader, SchemaPlace place, string keyword, List<Formula> parts)
    {
        var origin = reader.OriginOf(place, keyword);
        foreach (var (name, schema) in place.NamedSchemas(keyword).Where(_ => keyword != "dependentRequired"))
            Add(name, reader.Read(schema));
        foreach (var member in place.Members(keyword).Where(member => member.Value.ValueKind == JsonValueKind.Array))
            Add(member.Name, reader.Factory.All(origin, AllPresent(reader, origin, member.Value)));

        void Add(string name, Formula consequence) => parts.Add(reader.Factory.Any(origin, [
            reader.Factory.Not(origin, reader.Factory.HasMember(origin, name)),
            // Absence is a fact about objects, and false of everything else.
            reader.Factory.OfKind(origin, Kinds.Any & ~Kinds.Object),
            consequence,
        ]));
    }

    static IEnumerable<Formula> AllPresent(SchemaReader reader, Origin origin, JsonElement names) =>
        names.EnumerateArray().Select(name => reader.Factory.HasMember(origin, name.GetString()!));
}
