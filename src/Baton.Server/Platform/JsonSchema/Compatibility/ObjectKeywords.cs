using System.Text.Json;

namespace Baton.Server.Platform.JsonSchema.Compatibility;

/// <summary>Keywords for objects, but for `unevaluatedProperties`.</summary>
internal static class ObjectKeywords
{
    public static void Add(SchemaReader reader, SchemaPlace place, List<Formula> parts)
    {
        var factory = reader.Factory;
        NumberAndStringKeywords.AddCount(reader, place, parts, "minProperties", Kinds.Object);
        NumberAndStringKeywords.AddCount(reader, place, parts, "maxProperties", Kinds.Object);
        if (place.Find("required") is { } required)
            parts.AddRange(AllPresent(reader, reader.OriginOf(place, "required"), required.Element));
        AddMembers(reader, place, parts);
        if (place.Find("propertyNames") is { } names)
            parts.Add(factory.MemberNames(reader.OriginOf(place, "propertyNames"), reader.Read(names)));
        if (place.IsDraft7)
        {
            AddDependencies(reader, place, "dependencies", parts);
            return;
        }

        AddDependencies(reader, place, "dependentRequired", parts);
        AddDependencies(reader, place, "dependentSchemas", parts);
    }

    /// <summary>Names and patterns that the keyword for the other members leaves out.</summary>
    public static (IReadOnlySet<string> Names, IReadOnlySet<string> Expressions) Covered(SchemaPlace place) => (
        place.Find("properties")?.Members().Select(member => member.Name).ToHashSet() ?? [],
        place.Find("patternProperties")?.Members().Select(member => member.Name).ToHashSet() ?? []);

    static void AddMembers(SchemaReader reader, SchemaPlace place, List<Formula> parts)
    {
        var factory = reader.Factory;
        foreach (var (name, value) in place.Find("properties")?.Members() ?? [])
            parts.Add(factory.Member(reader.OriginAt(value, "properties"), name, reader.Read(value)));
        foreach (var (expression, value) in place.Find("patternProperties")?.Members() ?? [])
        {
            var origin = reader.OriginAt(value, "patternProperties");
            parts.Add(factory.MembersMatching(origin, expression, reader.Read(value)));
        }

        if (place.Find("additionalProperties") is not { } others) return;
        var (names, expressions) = Covered(place);
        parts.Add(factory.OtherMembers(
            reader.OriginOf(place, "additionalProperties"), names, expressions, reader.Read(others)));
    }

    static void AddDependencies(SchemaReader reader, SchemaPlace place, string keyword, List<Formula> parts)
    {
        var factory = reader.Factory;
        var origin = reader.OriginOf(place, keyword);
        foreach (var (name, value) in place.Find(keyword)?.Members() ?? [])
        {
            // Absence is a fact about objects: `has no member` is false for everything else, hence the third part.
            var consequence = value.Element.ValueKind == JsonValueKind.Array
                ? factory.All(origin, AllPresent(reader, origin, value.Element))
                : reader.Read(value);
            parts.Add(factory.Any(origin, [
                factory.Not(origin, factory.HasMember(origin, name)),
                factory.OfKind(origin, Kinds.Any & ~Kinds.Object),
                consequence,
            ]));
        }
    }

    static IEnumerable<Formula> AllPresent(SchemaReader reader, Origin origin, JsonElement names) =>
        names.EnumerateArray().Select(name => reader.Factory.HasMember(origin, name.GetString()!));
}
