using System.Text.Json;

namespace Baton.JsonSchema.References;

/// <summary>
/// Walks through a document once, and notes every schema, identity and anchor in it. Recursive: the parser has bounded
/// the nesting.
/// </summary>
internal sealed class SchemaScanner(
    DialectReader dialects, SchemaSettings settings, FaultList faults, Func<string, SchemaResource, bool> register)
{
    int _count;
    long _pointerChars;

    /// <summary>Whether there is more than is allowed: then not everything is noted.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Notes all of a document, under the URI it was found at and under its own.</summary>
    public void ScanDocument(SchemaDocument document, Dialect around)
    {
        var dialect = dialects.Read(document.Root, document, pointer: "", around);
        var found = UriReference.Parse(document.Uri);
        var id = IdOf(document.Root, document, pointer: "", dialect);
        var root = new SchemaResource(document, id is null ? found : found.Resolve(id.Value), dialect, pointer: "");
        // One document can be found at two URIs: the first keeps the name that it gives itself.
        register(root.BaseUri.WithoutFragment(), root);
        if (root.BaseUri.WithoutFragment() != document.Uri) register(document.Uri, root);
        Note(document.Root, pointer: "", root);
    }

    /// <summary>Notes a schema inside of a document.</summary>
    public void Scan(JsonElement element, string pointer, SchemaResource around)
    {
        var document = around.Document;
        if (IsFull || document.Places.ContainsKey(pointer)) return;
        var id = IdOf(element, document, pointer, around.Dialect);
        if (id is not { } reference || reference is { Scheme: null, Authority: null, Path: "", Query: null })
        {
            Note(element, pointer, around);
            return;
        }

        var dialect = dialects.Read(element, document, pointer, around.Dialect);
        var resource = new SchemaResource(document, around.BaseUri.Resolve(reference), dialect, pointer);
        var uri = resource.BaseUri.WithoutFragment();
        if (!register(uri, resource))
            faults.Add(document, pointer + "/$id", $"The $id '{uri}' stands twice: change one.");
        Note(element, pointer, resource);
    }

    void Note(JsonElement element, string pointer, SchemaResource resource)
    {
        var document = resource.Document;
        if (!IsBounded(document, pointer)) return;
        var place = new SchemaPlace(resource, pointer, element);
        document.Places[pointer] = place;
        if (element.ValueKind is not (JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False))
        {
            faults.Add(document, pointer, "A schema must be an object, true or false.");
            return;
        }

        NoteAnchors(place);
        foreach (var (path, child) in Subschemas.Of(element, resource.Dialect))
        {
            if (IsFull) return;
            Scan(child, pointer + path, resource);
        }
    }

    /// <summary>Counts a schema. Pointers count too: they repeat the names on the way, and names can be long.</summary>
    bool IsBounded(SchemaDocument document, string pointer)
    {
        const int maxPointerChars = 1 << 24;
        if (IsFull) return false;
        _count++;
        _pointerChars += pointer.Length;
        if (_count <= settings.MaxSubschemas && _pointerChars <= maxPointerChars) return true;
        IsFull = true;
        var problem = _count > settings.MaxSubschemas
            ? $"There are more than {settings.MaxSubschemas} schemas: split the definition."
            : "Schemas are nested below names that are too long: shorten them.";
        faults.Add(document, pointer.Length < 1000 ? pointer : "", problem);
        return false;
    }

    void NoteAnchors(SchemaPlace place)
    {
        var anchors = place.Resource.Anchors;
        if (place.Dialect.IsDraft7)
        {
            var id = IdOf(place.Element, place.Resource.Document, place.Pointer, place.Dialect);
            if (id?.Fragment is { Length: > 0 } fragment) Note("$id", fragment, place, anchors);
            return;
        }

        if (NameIn("$dynamicAnchor", place) is { } dynamicName)
        {
            Note("$dynamicAnchor", dynamicName, place, anchors);
            place.Resource.DynamicAnchors.TryAdd(dynamicName, place);
        }

        if (NameIn("$anchor", place) is { } name) Note("$anchor", name, place, anchors);
    }

    void Note(string keyword, string name, SchemaPlace place, Dictionary<string, SchemaPlace> anchors)
    {
        if (!anchors.TryAdd(name, place) && anchors[name] != place)
            faults.Add(place, keyword, $"The anchor '{name}' stands twice: change one.");
    }

    string? NameIn(string keyword, SchemaPlace place)
    {
        if (!place.TryGet(keyword, out var value)) return null;
        var name = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        if (IsAnchor(name)) return name;
        faults.Add(
            place,
            keyword,
            $"{keyword} must be a name of letters, digits, '-', '_' and '.' that begins with a letter or '_'.");
        return null;
    }

    static bool IsAnchor(string name) =>
        name.Length > 0
        && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    /// <summary>The `$id` of a schema; null when it has none, or none that counts.</summary>
    UriReference? IdOf(JsonElement element, SchemaDocument document, string pointer, Dialect dialect)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("$id", out var value)) return null;
        // Draft 7 ignores everything beside a $ref.
        if (dialect.IsDraft7 && element.TryGetProperty("$ref", out _)) return null;
        if (value.ValueKind != JsonValueKind.String)
        {
            faults.Add(document, pointer + "/$id", "$id must be a string: a URI reference.");
            return null;
        }

        var id = UriReference.Parse(value.GetString()!);
        if (dialect.IsDraft7 || string.IsNullOrEmpty(id.Fragment)) return id;
        faults.Add(document, pointer + "/$id", $"$id must have no fragment: use $anchor for '{id.Fragment}'.");
        return null;
    }
}
