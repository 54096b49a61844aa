using System.Text.Json;
using Baton.JsonSchema.Checks;
using Baton.JsonSchema.Checks.Keywords;
using Baton.JsonSchema.Patterns;
using Baton.JsonSchema.References;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.Compilation;

/// <summary>The keywords for objects. Every name that one of them mentions gets an ordinal.</summary>
internal sealed class ObjectFiller(SchemaNode node, SchemaCompiler compiler, KeywordReader reader)
{
    readonly Dictionary<string, int> _ordinals = new(StringComparer.Ordinal);
    readonly List<string> _names = [];

    bool Applies => reader.Dialect.Has(Vocabularies.Applicator);

    bool Validates => reader.Dialect.Has(Vocabularies.Validation);

    /// <summary>Null when there are none.</summary>
    public ObjectChecks? Make()
    {
        var properties = Applies ? compiler.MapOf(reader, "properties").ToList() : [];
        // The names with schemas come first, in their order, because documents tend to follow it.
        foreach (var (name, _) in properties) OrdinalOf(name);
        var required = Required();
        var dependencies = Dependencies().ToArray();
        var patterns = Applies ? PatternProperties().ToArray() : [];
        var checks = new ObjectChecks
        {
            Names = new NameTable(_names),
            Properties = [.. properties.Select(pair => pair.Node), .. new SchemaNode?[_names.Count - properties.Count]],
            PatternProperties = patterns,
            AdditionalProperties = Applies ? compiler.SingleOf(reader, "additionalProperties") : null,
            PropertyNames = Applies ? compiler.SingleOf(reader, "propertyNames") : null,
            Required = required,
            Dependencies = dependencies,
            MinProperties = (Validates ? reader.Count("minProperties") : null) ?? 0,
            MaxProperties = (Validates ? reader.Count("maxProperties") : null) ?? long.MaxValue,
        };
        var isEmpty = checks is
        {
            Names.Count: 0, PatternProperties.Length: 0, AdditionalProperties: null, PropertyNames: null,
            MinProperties: 0, MaxProperties: long.MaxValue,
        };
        return isEmpty ? null : checks;
    }

    int OrdinalOf(string name)
    {
        if (_ordinals.TryGetValue(name, out var known)) return known;
        _ordinals.Add(name, _names.Count);
        _names.Add(name);
        return _names.Count - 1;
    }

    int[] Required() => Validates && reader.TryGet("required", out var value)
        ? [.. reader.Names("required", value).Select(OrdinalOf)]
        : [];

    IEnumerable<(PatternMatcher, SchemaNode)> PatternProperties()
    {
        foreach (var (source, schema) in compiler.MapOf(reader, "patternProperties"))
        {
            var path = "patternProperties/" + JsonPointer.Escape(source);
            if (compiler.Patterns.Find(reader, path, source) is { } pattern) yield return (pattern, schema);
        }
    }

    IEnumerable<Dependency> Dependencies()
    {
        var found = Applies ? MixedDependencies() : [];
        if (reader.Dialect.IsDraft7) return found;
        if (Validates) found = found.Concat(DependentRequired());
        return Applies ? found.Concat(DependentSchemas("dependentSchemas")) : found;
    }

    /// <summary>`dependencies`: of draft 7, and still met in newer schemas. Lists of names beside schemas.</summary>
    IEnumerable<Dependency> MixedDependencies()
    {
        const string keyword = "dependencies";
        foreach (var member in reader.Members(keyword))
        {
            if (member.Value.ValueKind == JsonValueKind.Array) yield return Names(keyword, member);
        }

        foreach (var dependency in DependentSchemas(keyword)) yield return dependency;
    }

    IEnumerable<Dependency> DependentRequired() =>
        reader.Members("dependentRequired").Select(member => Names("dependentRequired", member));

    IEnumerable<Dependency> DependentSchemas(string keyword)
    {
        foreach (var (name, schema) in compiler.MapOf(reader, keyword))
        {
            compiler.InPlace.Add(node, schema);
            yield return new Dependency(keyword, OrdinalOf(name), [], schema);
        }
    }

    Dependency Names(string keyword, JsonProperty member)
    {
        var names = reader.Names($"{keyword}/{JsonPointer.Escape(member.Name)}", member.Value);
        return new Dependency(keyword, OrdinalOf(member.Name), [.. names.Select(OrdinalOf)], Node: null);
    }
}
