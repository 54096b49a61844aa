using System.Text.Json;

namespace Baton.JsonSchema.References;

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
