using Baton.Server.Platform.JsonSchema.References;

namespace Baton.Server.Platform.JsonSchema.Compatibility;

/// <summary>Where the references of a definition lead, and those of all documents that it draws in.</summary>
internal sealed class SchemaLinks
{
    readonly SchemaResolver _resolver;

    /// <exception cref="UndecidableException">The text is no JSON.</exception>
    public SchemaLinks(ReadOnlyMemory<byte> definition, Func<string, byte[]?>? registered)
    {
        var settings = SchemaSettings.Default;
        if (SchemaResolver.Read(definition.Span, settings, out _) is not { } root)
            throw new UndecidableException("a definition is no JSON");
        _resolver = new SchemaResolver(root, registered, settings, new FaultList(settings.MaxFaults));
        DrawAll();
        HasDynamicAnchors = Own.Places.Values.Any(place => place.Resource.DynamicAnchors.Count > 0);
    }

    public SchemaDocument Own => _resolver.Definition;

    public SchemaPlace Root => Own.RootPlace;

    /// <summary>Whether the definition itself has places that dynamic references in other documents may lead to.</summary>
    public bool HasDynamicAnchors { get; }

    public SchemaPlace? TargetOf(SchemaPlace place, string keyword) =>
        place.Text(keyword) is { } reference ? _resolver.Resolve(place, reference, out _) : null;

    /// <summary>Where a dynamic reference always leads; null: that depends on the way to it.</summary>
    public SchemaPlace? DynamicTargetOf(SchemaPlace place)
    {
        if (TargetOf(place, "$dynamicRef") is not { } target) return null;
        var name = UriReference.Parse(place.Text("$dynamicRef")!).Fragment ?? "";
        var isDynamic = target.Resource.DynamicAnchors.GetValueOrDefault(name) == target;
        return isDynamic && _resolver.Resources.Count(one => one.DynamicAnchors.ContainsKey(name)) > 1 ? null : target;
    }

    /// <summary>Follows every reference once, so that all documents are known before it is asked what is in them.</summary>
    void DrawAll()
    {
        var seen = new HashSet<SchemaDocument>();
        for (var index = 0; index < _resolver.Resources.Count; index++)
        {
            var document = _resolver.Resources[index].Document;
            if (!seen.Add(document)) continue;
            foreach (var place in document.Places.Values.ToList())
            {
                TargetOf(place, "$ref");
                TargetOf(place, "$dynamicRef");
            }
        }
    }
}
