#pragma warning disable CS1573
using System.Globalization;
using System.Text.Json;

namespace Baton.Server.Platform.JsonSchema.Compatibility;

/// <summary>A value inside a definition: a schema, or what stands under a keyword.</summary>
/// <param name="Document">Address of the document that it is in; empty: the definition itself.</param>
/// <param name="Path">JSON Pointer inside of that document.</param>
/// <param name="Base">What relative references are relative to.</param>
/// <param name="Outside">Where the definition refers to the document: what messages point at. Null: it is the definition.</param>
internal sealed record SchemaPlace(
    JsonElement Element, string Document, string Path, Uri Base, bool IsDraft7, string? Outside)
{
    public string Key => $"{Document}#{Path}";

    public string Pointer => Outside ?? Path;

    public bool IsObject => Element.ValueKind == JsonValueKind.Object;

    public SchemaPlace? Find(string keyword) =>
        IsObject && Element.TryGetProperty(keyword, out var value) ? Enter(value, keyword) : null;

    public string? FindText(string keyword) =>
        Find(keyword) is { Element.ValueKind: JsonValueKind.String } value ? value.Element.GetString() : null;

    public SchemaPlace Child(string name) => this with { Path = $"{Path}/{Escape(name)}" };

    public IEnumerable<SchemaPlace> Items() => Element.EnumerateArray()
        .Select((item, index) => Enter(item, index.ToString(CultureInfo.InvariantCulture)));

    public IEnumerable<(string Name, SchemaPlace Value)> Members() =>
        Element.EnumerateObject().Select(member => (member.Name, Enter(member.Value, member.Name)));

    SchemaPlace Enter(JsonElement value, string name) => SchemaSource.InScope(Child(name) with { Element = value });

    static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
