using System.Text.Json;

namespace Baton.JsonSchema.References;

/// <summary>
/// One schema inside of a document: an object or a boolean, and where it stands. Compared by reference.
/// </summary>
internal sealed class SchemaPlace(SchemaResource resource, string pointer, JsonElement element)
{
    public SchemaResource Resource { get; } = resource;

    /// <summary>From the root of the document, not of the resource; canonical.</summary>
    public string Pointer { get; } = pointer;

    public JsonElement Element { get; } = element;

    public Dialect Dialect => Resource.Dialect;

    /// <summary>A keyword's value.</summary>
    public bool TryGet(string keyword, out JsonElement value)
    {
        value = default;
        return Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(keyword, out value);
    }

    public override string ToString() => $"{Resource.Document.Uri}#{Pointer}";
}

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

/// <summary>A definition that was read, with every schema in it. Its elements live as long as it does.</summary>
internal sealed class SchemaDocument(string uri, JsonElement root, string? referredFrom)
{
    /// <summary>
    /// Where it was found; empty for the definition that is compiled, unless its `$id` says otherwise.
    /// </summary>
    public string Uri { get; } = uri;

    public JsonElement Root { get; } = root;

    /// <summary>
    /// The place in the definition that led to this document, as a pointer; null for the definition itself.
    /// </summary>
    public string? ReferredFrom { get; } = referredFrom;

    /// <summary>Every schema that stands where a keyword expects one, by its pointer.</summary>
    public Dictionary<string, SchemaPlace> Places { get; } = new(StringComparer.Ordinal);

    public SchemaPlace RootPlace => Places[""];
}
