using System.Globalization;
using System.Text.Json;

namespace Baton.Server.Platform.JsonSchema.Compatibility;

/// <summary>A definition and the schemas that it refers to.</summary>
internal sealed class SchemaSource
{
    const string Draft7 = "http://json-schema.org/draft-07/schema";
    static readonly Uri s_unnamed = new("baton:definition");
    static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 1000 };

    readonly Func<string, byte[]?>? _registered;
    readonly Dictionary<string, SchemaPlace> _named = [];
    readonly HashSet<string> _looked = [];

    public SchemaSource(ReadOnlyMemory<byte> definition, Func<string, byte[]?>? registered)
    {
        _registered = registered;
        using var document = JsonDocument.Parse(definition, s_strict);
        var element = document.RootElement.Clone();
        Root = InScope(new SchemaPlace(element, "", "", s_unnamed, IsDraft7: false, Outside: null));
        Index(Root);
        _named.TryAdd(Root.Base.AbsoluteUri, Root);
        _named.TryAdd(s_unnamed.AbsoluteUri, Root);
    }

    public SchemaPlace Root { get; }

    /// <summary>Nothing in it has an address of its own but the root, and it refers to nothing outside.</summary>
    public bool IsSingleResource { get; private set; } = true;

    /// <summary>The schema as an `$id` or `$schema` in it says.</summary>
    public static SchemaPlace InScope(SchemaPlace place)
    {
        if (!place.IsObject) return place;
        var scoped = place;
        if (place.Element.TryGetProperty("$schema", out var schema) && schema.ValueKind == JsonValueKind.String)
            scoped = scoped with { IsDraft7 = schema.GetString()!.TrimEnd('#') == Draft7 };
        if (Text(place, "$id") is not { } id || id.StartsWith('#')) return scoped;
        if (scoped.IsDraft7 && place.Element.TryGetProperty("$ref", out _)) return scoped;
        return Uri.TryCreate(place.Base, id, out var address) ? scoped with { Base = address } : scoped;
    }

    public static string AddressOf(SchemaPlace place, string target) =>
        Uri.TryCreate(place.Base, target, out var address) ? address.AbsoluteUri : target;

    public SchemaPlace? Resolve(SchemaPlace place, string target)
    {
        if (!Uri.TryCreate(place.Base, target, out var address)) return null;
        var fragment = Uri.UnescapeDataString(address.Fragment.TrimStart('#'));
        var bare = address.AbsoluteUri.Split('#')[0];
        if (!_named.ContainsKey(bare) && _looked.Add(bare)) Load(bare, place);
        if (!_named.TryGetValue(bare, out var resource)) return null;
        if (fragment.Length == 0) return resource;
        if (!fragment.StartsWith('/')) return _named.GetValueOrDefault($"{bare}#{fragment}");
        return Walk(resource, fragment[1..].Split('/'));
    }

    static string? Text(SchemaPlace place, string keyword) =>
        place.Element.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    static SchemaPlace? Walk(SchemaPlace place, string[] names)
    {
        SchemaPlace? at = place;
        foreach (var escaped in names)
        {
            var name = escaped.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            at = at!.Element.ValueKind switch
            {
                JsonValueKind.Object => at.Find(name),
                JsonValueKind.Array when int.TryParse(name, CultureInfo.InvariantCulture, out var index) =>
                    at.Items().ElementAtOrDefault(index),
                _ => null,
            };
            if (at is null) return null;
        }

        return at;
    }

    void Load(string address, SchemaPlace from)
    {
        if (_registered?.Invoke(address) is not { } definition) return;
        using var document = JsonDocument.Parse(definition, s_strict);
        var root = InScope(new SchemaPlace(
            document.RootElement.Clone(), address, "", new Uri(address), IsDraft7: false, from.Pointer));
        IsSingleResource = false;
        Index(root);
        _named[address] = root;
    }

    void Index(SchemaPlace place)
    {
        if (place.IsObject)
        {
            if (place.Path.Length > 0 && Text(place, "$id") is { } id && !id.StartsWith('#')) IsSingleResource = false;
            if (Text(place, "$id") is not null) _named.TryAdd(place.Base.AbsoluteUri.Split('#')[0], place);
            var bare = place.Base.AbsoluteUri.Split('#')[0];
            foreach (var anchor in (string?[])[Text(place, "$anchor"), Text(place, "$dynamicAnchor"), Text(place, "$id")])
            {
                if (anchor is not null) _named.TryAdd($"{bare}#{anchor.TrimStart('#')}", place);
            }

            foreach (var (_, value) in place.Members()) Index(value);
        }
        else if (place.Element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in place.Items()) Index(item);
        }
    }
}
