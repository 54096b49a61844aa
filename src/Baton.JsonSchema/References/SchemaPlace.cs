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
