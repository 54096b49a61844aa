using System.Text.Json;
using Baton.JsonSchema.Checks;
using Baton.JsonSchema.References;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.Compilation;

/// <summary>
/// Makes a node of every schema of a definition, and of those that they refer to. Nodes are made empty and filled in
/// one after the other, so that references can go in circles and nothing here recurses along them.
/// </summary>
internal sealed class SchemaCompiler
{
    readonly Dictionary<SchemaPlace, SchemaNode> _nodes = [];
    readonly Queue<SchemaNode> _empty = new();
    readonly Dictionary<string, DynamicTargets> _dynamic = new(StringComparer.Ordinal);

    public SchemaCompiler(SchemaResolver resolver, SchemaSettings settings, FaultList faults)
    {
        (Resolver, Settings, Faults) = (resolver, settings, faults);
        Patterns = new PatternCache(settings);
    }

    public SchemaResolver Resolver { get; }

    public SchemaSettings Settings { get; }

    public FaultList Faults { get; }

    public PatternCache Patterns { get; }

    /// <summary>Which schemas a schema applies to the very value that it is applied to.</summary>
    public InPlaceGraph InPlace { get; } = new();

    /// <summary>The node of the definition itself. It is complete only if there are no faults.</summary>
    public SchemaNode Compile()
    {
        var root = NodeOf(Resolver.Definition.RootPlace);
        // Schemas that nothing refers to must be valid too.
        foreach (var place in Resolver.Definition.Places.Values.ToList()) NodeOf(place);
        FillAll();
        AimDynamicReferences();
        if (Faults.IsEmpty) InPlace.FindLoops(Faults);
        return root;
    }

    /// <summary>The node of a schema, which may not be filled in yet.</summary>
    public SchemaNode NodeOf(SchemaPlace place)
    {
        if (_nodes.TryGetValue(place, out var known)) return known;
        var node = new SchemaNode(place);
        _nodes.Add(place, node);
        _empty.Enqueue(node);
        return node;
    }

    /// <summary>The node of the schema that a keyword holds; null when there is none.</summary>
    public SchemaNode? SingleOf(KeywordReader reader, string keyword) =>
        reader.TryGet(keyword, out _) ? ChildOf(reader, keyword) : null;

    SchemaNode? ChildOf(KeywordReader reader, string path)
    {
        var places = reader.Place.Resource.Document.Places;
        return places.TryGetValue($"{reader.Place.Pointer}/{path}", out var place) ? NodeOf(place) : null;
    }

    /// <summary>The nodes of a list of schemas.</summary>
    public SchemaNode[]? ListOf(KeywordReader reader, string keyword)
    {
        if (!reader.TryGet(keyword, out var value)) return null;
        var count = value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : 0;
        if (count == 0) reader.Fault(keyword, $"{keyword} must be an array of at least one schema.");
        var nodes = Enumerable.Range(0, count).Select(index => ChildOf(reader, $"{keyword}/{index}"));
        return count == 0 ? null : [.. nodes.OfType<SchemaNode>()];
    }

    /// <summary>The nodes of a map of schemas, by name.</summary>
    public IEnumerable<(string Name, SchemaNode Node)> MapOf(KeywordReader reader, string keyword)
    {
        foreach (var member in reader.Members(keyword))
        {
            var node = ChildOf(reader, $"{keyword}/{JsonPointer.Escape(member.Name)}");
            if (node is not null) yield return (member.Name, node);
        }
    }

    /// <summary>Where dynamic references to a name can lead; complete when all resources are known.</summary>
    public DynamicTargets DynamicTargetsOf(string name)
    {
        if (!_dynamic.TryGetValue(name, out var targets)) _dynamic.Add(name, targets = []);
        return targets;
    }

    void FillAll()
    {
        while (!Resolver.IsBeyondBounds && _empty.TryDequeue(out var node))
        {
            if (node.Place.Element.ValueKind is JsonValueKind.True or JsonValueKind.False)
                node.Always = node.Place.Element.ValueKind == JsonValueKind.True;
            else if (node.Place.Element.ValueKind == JsonValueKind.Object)
                NodeFiller.Fill(node, this);
        }
    }

    /// <summary>Filling in a target may draw in more resources, and more dynamic references.</summary>
    void AimDynamicReferences()
    {
        for (var isDone = false; !isDone; FillAll())
        {
            isDone = true;
            foreach (var resource in Resolver.Resources.ToList())
            {
                foreach (var (name, place) in resource.DynamicAnchors)
                {
                    if (!_dynamic.TryGetValue(name, out var targets)) continue;
                    if (targets.TryAdd(resource, NodeOf(place))) isDone = false;
                }
            }
        }

        if (_dynamic.Count == 0) return;
        foreach (var node in _nodes.Values) node.KeepsScope = true;
    }
}
