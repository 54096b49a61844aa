namespace Baton.JsonSchema.References;

/// <summary>
/// A schema with an identity of its own: the root of a document, or what has an `$id` inside of one. References in it
/// are relative to its base URI, and anchors are unique in it.
/// </summary>
internal sealed class SchemaResource(SchemaDocument document, UriReference baseUri, Dialect dialect, string pointer)
{
    public SchemaDocument Document { get; } = document;

    public UriReference BaseUri { get; } = baseUri;

    public Dialect Dialect { get; } = dialect;

    /// <summary>Where it stands in its document.</summary>
    public string Pointer { get; } = pointer;

    /// <summary>By name, the dynamic ones included.</summary>
    public Dictionary<string, SchemaPlace> Anchors { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SchemaPlace> DynamicAnchors { get; } = new(StringComparer.Ordinal);
}
