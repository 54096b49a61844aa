using Baton.JsonSchema.References;

namespace Baton.JsonSchema.Compatibility.Reading;

/// <summary>Where the references of a definition lead, and those of all documents that it draws in.</summary>
internal sealed class SchemaLinks
{
    readonly SchemaResolver _resolver;
    bool _isReferredBack;

    /// <exception cref="UndecidableException">The text is no JSON.</exception>
    public SchemaLinks(ReadOnlyMemory<byte> definition, Func<string, byte[]?>? registered)
    {
        var settings = SchemaSettings.Default;
        if (SchemaResolver.Read(definition.Span, settings, out _) is not { } root)
            throw new UndecidableException("a definition is no JSON");
        _resolver = new SchemaResolver(root, registered, settings, new FaultList(settings.MaxFaults));
        DrawAll();
        var redirects = Own.Places.Values.Any(place => place.Resource.DynamicAnchors.Count > 0);
        OthersStandAlone = !redirects && !_isReferredBack;
    }

    public SchemaDocument Own => _resolver.Definition;

    public SchemaPlace Root => Own.RootPlace;

    /// <summary>
    /// Whether no reference in other documents can lead into the definition itself: then they mean the same for whoever
    /// refers to them.
    /// </summary>
    public bool OthersStandAlone { get; }

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

    /// <summary>
    /// Follows every reference, so that all documents are known before anybody asks for what is in them. A reference
    /// can lead to a place that no keyword makes a schema, which can hold further references.
    /// </summary>
    void DrawAll()
    {
        var seen = new HashSet<SchemaPlace>();
        for (var known = -1; known < seen.Count;)
        {
            known = seen.Count;
            for (var index = 0; index < _resolver.Resources.Count; index++)
            {
                foreach (var place in _resolver.Resources[index].Document.Places.Values.ToList())
                {
                    if (seen.Add(place)) Follow(place);
                }
            }
        }
    }

    void Follow(SchemaPlace place)
    {
        SchemaPlace?[] targets = [TargetOf(place, "$ref"), TargetOf(place, "$dynamicRef")];
        var isInside = place.Resource.Document == Own;
        _isReferredBack |= !isInside && targets.Any(target => target?.Resource.Document == Own);
    }
}
