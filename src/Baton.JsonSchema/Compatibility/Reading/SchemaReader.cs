using System.Text.Json;
using Baton.JsonSchema.Compatibility.Formulas;
using Baton.JsonSchema.References;

namespace Baton.JsonSchema.Compatibility.Reading;

/// <summary>
/// Reads a definition as a formula. Each place is read once; places that are met again while they are being read, and
/// those very deep inside, are read when somebody asks for them, so that no definition is too deep for the stack.
/// </summary>
internal sealed class SchemaReader(SchemaLinks links, FormulaFactory factory, bool isNewer, Budget budget)
{
    const int MaxNesting = 48;

    readonly Dictionary<SchemaPlace, Formula?> _read = [];
    int _nesting;

    public FormulaFactory Factory { get; } = factory;

    public SchemaLinks Links { get; } = links;

    /// <summary>Whether both definitions mean the same documents by the same addresses.</summary>
    public bool AreOthersShared { get; init; } = true;

    public Formula ReadRoot() => Read(Links.Root);

    public Formula Read(SchemaPlace place)
    {
        if (_read.TryGetValue(place, out var known) && known is not null) return known;
        if (_nesting == MaxNesting || _read.ContainsKey(place)) return Later(place, KeyOf(place));
        budget.Spend();
        _read[place] = null;
        _nesting++;
        var formula = ReadNow(place);
        _nesting--;
        _read[place] = formula;
        return formula;
    }

    /// <summary>The subschema under a keyword; true where there is none.</summary>
    public Formula ReadChild(SchemaPlace place, string keyword) => place.Schema(keyword) is { } child
        ? Read(child)
        : Factory.Constant(OriginOf(place, keyword), value: true);

    public Origin OriginOf(SchemaPlace place, string keyword)
    {
        var isWhole = keyword.Length == 0 || place.Resource.Document.ReferredFrom is not null;
        return new Origin(isNewer, isWhole ? place.ShownPointer() : $"{place.Pointer}/{keyword}", keyword);
    }

    /// <summary>A schema inside of a keyword's value.</summary>
    public Origin OriginAt(SchemaPlace schema, string keyword) => new(isNewer, schema.ShownPointer(), keyword);

    /// <summary>
    /// The formula of a keyword that is not understood: it is the same in two schemas only if the whole schemas are the
    /// same.
    /// </summary>
    public Formula Opaque(SchemaPlace place, string keyword) => Factory.Opaque(
        OriginOf(place, keyword), SchemaText.Of(place, Links, budget) is { } text ? $"{keyword} {text}" : KeyOf(place));

    string KeyOf(SchemaPlace place) => $"{(isNewer ? "newer" : "older")} {place.Key()}";

    Formula Later(SchemaPlace place, string key) =>
        Factory.Reference(OriginOf(place, ""), key, () => Read(place));

    Formula ReadNow(SchemaPlace place)
    {
        if (place.Element.ValueKind != JsonValueKind.Object)
            return Factory.Constant(OriginOf(place, ""), place.Element.ValueKind != JsonValueKind.False);
        var parts = new List<Formula>();
        AddReferences(place, parts);
        if (place.Dialect.IsDraft7 && parts.Count > 0) return parts[0];
        AddAnyKind(place, parts);
        AddCombinators(place, parts);
        NumberAndStringKeywords.Add(this, place, parts);
        ArrayKeywords.Add(this, place, parts);
        ObjectKeywords.Add(this, place, parts);
        if (!place.Dialect.IsDraft7) parts.AddRange(new UnevaluatedKeywords(this).Read(place));
        return Factory.All(OriginOf(place, ""), parts);
    }

    void AddReferences(SchemaPlace place, List<Formula> parts)
    {
        if (place.Text("$ref") is not null) parts.Add(ReadTarget(place, "$ref", Links.TargetOf(place, "$ref")));
        if (!place.Dialect.IsDraft7 && place.Text("$dynamicRef") is not null)
            parts.Add(ReadTarget(place, "$dynamicRef", Links.DynamicTargetOf(place)));
    }

    Formula ReadTarget(SchemaPlace place, string keyword, SchemaPlace? target)
    {
        if (target is null) return Opaque(place, keyword);
        // A schema of another document is the same for both definitions, unless references lead from it back into them.
        var isOutside = place.Resource.Document != target.Resource.Document && place.Resource.Document == Links.Own;
        return isOutside && AreOthersShared && Links.OthersStandAlone
            ? Later(target, $"outside {target.Key()}")
            : Read(target);
    }

    void AddAnyKind(SchemaPlace place, List<Formula> parts)
    {
        if (place.Value("type") is { } type)
        {
            var allowed = type.ValueKind == JsonValueKind.Array
                ? type.EnumerateArray().Aggregate(Kinds.None, (all, one) => all | KindsOf(one.GetString()))
                : KindsOf(type.GetString());
            parts.Add(Factory.OfKind(OriginOf(place, "type"), allowed));
        }

        if (place.Value("enum") is { } values)
        {
            budget.Spend(values.GetArrayLength());
            parts.Add(Factory.Listed(
                OriginOf(place, "enum"), values.EnumerateArray().Select(value => Instance.Read(value))));
        }

        if (place.Value("const") is { } constant)
            parts.Add(Factory.Listed(OriginOf(place, "const"), [Instance.Read(constant)]));
    }

    void AddCombinators(SchemaPlace place, List<Formula> parts)
    {
        if (place.Schemas("allOf") is { } all) parts.Add(Factory.All(OriginOf(place, "allOf"), all.Select(Read)));
        if (place.Schemas("anyOf") is { } any) parts.Add(Factory.Any(OriginOf(place, "anyOf"), any.Select(Read)));
        if (place.Schemas("oneOf") is { } one) parts.Add(Factory.One(OriginOf(place, "oneOf"), [.. one.Select(Read)]));
        if (place.Schema("not") is { } not) parts.Add(Factory.Not(OriginOf(place, "not"), Read(not)));
        if (place.Schema("if") is not { } condition) return;
        parts.Add(Factory.Choice(
            OriginOf(place, "if"), Read(condition), ReadChild(place, "then"), ReadChild(place, "else")));
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
