using System.Text.Json;

namespace Baton.Server.Platform.JsonSchema.Compatibility;

/// <summary>
/// Reads a definition as a formula. Each place is read once; places that are met again while they are being read, and those
/// very deep inside, are read when somebody asks for them, so that no definition is too deep for the stack.
/// </summary>
internal sealed class SchemaReader(SchemaSource source, FormulaFactory factory, bool isNewer, Budget budget)
{
    const int MaxNesting = 48;

    readonly Dictionary<string, Formula?> _read = [];
    int _nesting;

    public FormulaFactory Factory { get; } = factory;

    public SchemaSource Source { get; } = source;

    public Formula ReadRoot() => Read(Source.Root);

    public Formula Read(SchemaPlace place)
    {
        if (_read.TryGetValue(place.Key, out var known) && known is not null) return known;
        if (_nesting == MaxNesting || _read.ContainsKey(place.Key)) return Later(place);
        budget.Spend();
        _read[place.Key] = null;
        _nesting++;
        var formula = ReadNow(place);
        _nesting--;
        _read[place.Key] = formula;
        return formula;
    }

    /// <summary>The subschema under a keyword; true where there is none.</summary>
    public Formula ReadChild(SchemaPlace place, string keyword) => place.Find(keyword) is { } child
        ? Read(child)
        : Factory.Constant(OriginOf(place, keyword), value: true);

    public Origin OriginOf(SchemaPlace place, string keyword) =>
        new(isNewer, keyword.Length == 0 ? place.Pointer : place.Child(keyword).Pointer, keyword);

    /// <summary>A place inside of a keyword's value.</summary>
    public Origin OriginAt(SchemaPlace place, string keyword) => new(isNewer, place.Pointer, keyword);

    /// <summary>Where a `$ref` leads; what lies outside is the same for whoever refers to it by the same address.</summary>
    public Formula ReadReference(SchemaPlace place, string keyword, string target) =>
        Source.Resolve(place, target) is { } found
            ? Read(found)
            : Factory.Opaque(OriginOf(place, keyword), SchemaSource.AddressOf(place, target));

    /// <summary>A keyword that is not understood. Where nothing in its schema refers elsewhere, its text is its meaning.</summary>
    public Formula Opaque(SchemaPlace place, string keyword)
    {
        var text = Instance.Read(place.Element).Json;
        var refers = text.Contains("\"$", StringComparison.Ordinal);
        return Factory.Opaque(OriginOf(place, keyword), refers ? $"{isNewer} {place.Key}" : $"{keyword} {text}");
    }

    Formula Later(SchemaPlace place) => Factory.Reference(
        OriginOf(place, ""),
        $"{(isNewer ? "newer" : "older")} {place.Key}",
        () => Read(place));

    Formula ReadNow(SchemaPlace place)
    {
        if (place.Element.ValueKind != JsonValueKind.Object)
            return Factory.Constant(OriginOf(place, ""), place.Element.ValueKind != JsonValueKind.False);
        if (place.IsDraft7 && place.FindText("$ref") is { } only) return ReadReference(place, "$ref", only);
        var parts = new List<Formula>();
        AddReferences(place, parts);
        AddAnyKind(place, parts);
        AddCombinators(place, parts);
        NumberAndStringKeywords.Add(this, place, parts);
        ArrayKeywords.Add(this, place, parts);
        ObjectKeywords.Add(this, place, parts);
        if (!place.IsDraft7) parts.AddRange(new UnevaluatedKeywords(this).Read(place));
        return Factory.All(OriginOf(place, ""), parts);
    }

    void AddReferences(SchemaPlace place, List<Formula> parts)
    {
        if (place.FindText("$ref") is { } target) parts.Add(ReadReference(place, "$ref", target));
        if (place.IsDraft7 || place.FindText("$dynamicRef") is not { } dynamic) return;
        // With one resource there is only one place that the outermost anchor can be at.
        parts.Add(Source.IsSingleResource
            ? ReadReference(place, "$dynamicRef", dynamic)
            : Opaque(place, "$dynamicRef"));
    }

    void AddAnyKind(SchemaPlace place, List<Formula> parts)
    {
        if (place.Find("type") is { } type)
        {
            var allowed = type.Element.ValueKind == JsonValueKind.Array
                ? type.Element.EnumerateArray().Aggregate(Kinds.None, (all, one) => all | KindsOf(one.GetString()))
                : KindsOf(type.Element.GetString());
            parts.Add(Factory.OfKind(OriginOf(place, "type"), allowed));
        }

        if (place.Find("enum") is { } values)
        {
            budget.Spend(values.Element.GetArrayLength());
            parts.Add(Factory.Listed(
                OriginOf(place, "enum"), values.Element.EnumerateArray().Select(value => Instance.Read(value))));
        }

        if (place.Find("const") is { } constant)
            parts.Add(Factory.Listed(OriginOf(place, "const"), [Instance.Read(constant.Element)]));
    }

    void AddCombinators(SchemaPlace place, List<Formula> parts)
    {
        if (place.Find("allOf") is { } all) parts.Add(Factory.All(OriginOf(place, "allOf"), all.Items().Select(Read)));
        if (place.Find("anyOf") is { } any) parts.Add(Factory.Any(OriginOf(place, "anyOf"), any.Items().Select(Read)));
        if (place.Find("oneOf") is { } one)
            parts.Add(Factory.One(OriginOf(place, "oneOf"), [.. one.Items().Select(Read)]));
        if (place.Find("not") is { } not) parts.Add(Factory.Not(OriginOf(place, "not"), Read(not)));
        if (place.Find("if") is { } condition)
        {
            parts.Add(Factory.Choice(
                OriginOf(place, "if"), Read(condition), ReadChild(place, "then"), ReadChild(place, "else")));
        }
    }

    static Kinds KindsOf(string? type) => type switch
    {
        "null" => Kinds.Null,
        "boolean" => Kinds.Boolean,
        "integer" => Kinds.Integer,
        "number" => Kinds.Number,
        "string" => Kinds.String,
        "array" => Kinds.Array,
        "object" => Kinds.Object,
        _ => Kinds.None,
    };
}
