using System.Text.Json;
using Baton.JsonSchema.Documents;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.References;

/// <summary>
/// Knows every schema of a definition, and of the documents it refers to, by URI. Documents are drawn in when the first
/// reference to them is resolved: from the embedded meta-schemas and from what the caller has registered, never from
/// anywhere else. For one thread; faults are added to the list that it was given.
/// </summary>
internal sealed class SchemaResolver
{
    /// <summary>References to places that no keyword makes a schema.</summary>
    const int MaxWalks = 1_000;

    readonly Dictionary<string, SchemaResource> _resources = new(StringComparer.Ordinal);
    readonly List<SchemaResource> _inOrder = [];
    readonly Func<string, byte[]?> _registered;
    readonly SchemaScanner _scanner;
    readonly SchemaSettings _settings;
    readonly FaultList _faults;
    int _documents;
    int _walks;

    public SchemaResolver(
        JsonElement definition, Func<string, byte[]?>? registered, SchemaSettings settings, FaultList faults)
    {
        (_registered, _settings, _faults) = (registered ?? (_ => null), settings, faults);
        _scanner = new SchemaScanner(new DialectReader(_registered, settings, faults), settings, faults, Register);
        Definition = new SchemaDocument("", definition, referredFrom: null);
        _scanner.ScanDocument(Definition, Dialect.Draft202012);
    }

    public SchemaDocument Definition { get; }

    /// <summary>All that are known by now, the definition's own first.</summary>
    public IReadOnlyList<SchemaResource> Resources => _inOrder;

    /// <summary>Whether there are more, or larger, schemas than are allowed: then some are missing.</summary>
    public bool IsBeyondBounds => _scanner.IsFull;

    /// <summary>
    /// Reads a definition's text: strict JSON, at most as deep as the settings allow. Null after a fault.
    /// </summary>
    public static JsonElement? ReadDefinition(
        ReadOnlySpan<byte> text, SchemaSettings settings, out SchemaFault? fault)
    {
        using var tokens = JsonParser.Parse(text, settings.MaxDefinitionDepth, out var refusal);
        fault = refusal is null ? null : new SchemaFault(refusal.Pointer, refusal.Message);
        return fault is null
            ? JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = settings.MaxDefinitionDepth })
            : null;
    }

    /// <summary>The same, for a document that something else refers to: the problem names the place in it.</summary>
    public static JsonElement? Read(ReadOnlySpan<byte> text, SchemaSettings settings, out string? problem)
    {
        var root = ReadDefinition(text, settings, out var fault);
        problem = fault is null ? null : $"{fault.Message} (at '{fault.Pointer}')";
        return root;
    }

    /// <summary>
    /// The schema that a `$ref` or `$dynamicRef` at a place names; null, and why, when there is none.
    /// </summary>
    public SchemaPlace? Resolve(SchemaPlace from, string reference, out string? problem)
    {
        var uri = from.Resource.BaseUri.Resolve(UriReference.Parse(reference));
        var resource = FindResource(from, uri, out problem);
        return resource is null ? null : FindIn(resource, uri.Fragment ?? "", reference, out problem);
    }

    SchemaResource? FindResource(SchemaPlace from, UriReference uri, out string? problem)
    {
        problem = null;
        var key = uri.WithoutFragment();
        if (_resources.TryGetValue(key, out var known)) return known;
        if (!uri.IsAbsolute)
        {
            problem = $"'{key}' is relative, but nothing around it has an absolute $id: "
                + "refer to a place in this definition ('#/…'), or to an absolute URI";
            return null;
        }

        return Draw(from, key, out problem);
    }

    /// <summary>Takes another document in.</summary>
    SchemaResource? Draw(SchemaPlace from, string uri, out string? problem)
    {
        var text = MetaSchemas.Find(uri) ?? _registered(uri);
        problem = text is null
            ? $"no schema '{uri}' is registered: register it first, nothing is fetched"
            : _documents >= _settings.MaxReferredDocuments
                ? $"more than {_settings.MaxReferredDocuments} other documents are referred to"
                : null;
        if (text is null || problem is not null) return null;
        _documents++;
        if (Read(text, _settings, out problem) is not { } root) return null;
        var referredFrom = from.Resource.Document.ReferredFrom ?? from.Pointer;
        var document = new SchemaDocument(uri, root, referredFrom);
        _scanner.ScanDocument(document, from.Dialect);
        return _resources.GetValueOrDefault(uri);
    }

    SchemaPlace? FindIn(SchemaResource resource, string fragment, string reference, out string? problem)
    {
        problem = null;
        var text = Uri.UnescapeDataString(fragment);
        var place = text.Length == 0 || text[0] == '/'
            ? FindByPointer(resource, text)
            : resource.Anchors.GetValueOrDefault(text);
        if (place is not null) return place;
        problem = _walks > MaxWalks
            ? $"more than {MaxWalks} references lead to what no keyword makes a schema: put those under $defs"
            : $"nothing is at '{reference}': correct it, or define what it names";
        return place;
    }

    SchemaPlace? FindByPointer(SchemaResource resource, string pointer)
    {
        var document = resource.Document;
        var full = resource.Pointer + pointer;
        if (document.Places.TryGetValue(full, out var place)) return place;
        // A document that exceeds the bounds has not even a root.
        if (++_walks > MaxWalks || !document.Places.TryGetValue("", out var around)) return null;
        var (path, element) = ("", around.Element);
        foreach (var part in full.Split('/').Skip(1))
        {
            path = $"{path}/{part}";
            if (!TryStep(element, part, out element)) return null;
            around = document.Places.GetValueOrDefault(path, around);
        }

        // A place that no known keyword makes a schema becomes one by being referred to. Finding it takes a walk.
        _scanner.Scan(element, full, around.Resource);
        return document.Places.GetValueOrDefault(full);
    }

    /// <summary>
    /// One part further. An index may have a sign or zeros before it, unlike in RFC 6901: definitions that were
    /// registered with such references must go on to compile.
    /// </summary>
    static bool TryStep(JsonElement element, string part, out JsonElement child)
    {
        child = default;
        var name = JsonPointer.Unescape(part);
        if (element.ValueKind == JsonValueKind.Object) return element.TryGetProperty(name, out child);
        if (element.ValueKind != JsonValueKind.Array || !int.TryParse(name, out var index)) return false;
        if (index < 0 || index >= element.GetArrayLength()) return false;
        child = element[index];
        return true;
    }

    /// <summary>Makes a resource known by a URI. False when another one has it.</summary>
    bool Register(string uri, SchemaResource resource)
    {
        if (!_resources.TryAdd(uri, resource)) return false;
        _inOrder.Add(resource);
        return true;
    }
}
