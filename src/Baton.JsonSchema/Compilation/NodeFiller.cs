using System.Text.Json;
using Baton.JsonSchema.Checks;
using Baton.JsonSchema.Checks.Keywords;
using Baton.JsonSchema.Formats;
using Baton.JsonSchema.References;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.Compilation;

/// <summary>Fills a node in from the keywords of its schema, family by family.</summary>
internal sealed class NodeFiller
{
    readonly SchemaNode _node;
    readonly SchemaCompiler _compiler;
    readonly KeywordReader _reader;

    NodeFiller(SchemaNode node, SchemaCompiler compiler)
    {
        (_node, _compiler, _reader) = (node, compiler, new KeywordReader(node.Place, compiler.Faults));
    }

    bool IsDraft7 => _reader.Dialect.IsDraft7;

    bool Validates => _reader.Dialect.Has(Vocabularies.Validation);

    bool Applies => _reader.Dialect.Has(Vocabularies.Applicator);

    public static void Fill(SchemaNode node, SchemaCompiler compiler)
    {
        var filler = new NodeFiller(node, compiler);
        var references = new ReferenceFiller(node, compiler, filler._reader);
        var others = new List<Check>(references.Checks());
        // Draft 7 ignores everything beside a $ref.
        if (!filler.IsDraft7 || !filler._reader.TryGet("$ref", out _)) others.AddRange(filler.FillAll());
        node.Others = [.. others];
    }

    IEnumerable<Check> FillAll()
    {
        FillTypes();
        FillNumbers();
        FillStrings();
        if (Applies || Validates)
        {
            _node.Arrays = new ArrayFiller(_compiler, _reader).Make();
            _node.Objects = new ObjectFiller(_node, _compiler, _reader).Make();
        }

        FillUnevaluated();
        return Constants().Concat(Applies ? Combinations() : []);
    }

    void FillTypes()
    {
        if (!Validates || !_reader.TryGet("type", out var value)) return;
        var names = value.ValueKind == JsonValueKind.String ? [value.GetString()!] : _reader.Names("type", value);
        var types = new TypeSet(0);
        foreach (var name in names)
        {
            if (TypeSet.Named(name) is { } known)
                types |= known;
            else
                _reader.Fault("type", $"The type '{name}' is not known: use one of {TypeSet.Names}.");
        }

        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0)
            _reader.Fault("type", "type must name at least one type.");
        _node.Types = types;
    }

    void FillNumbers()
    {
        if (!Validates) return;
        NumberBound? Bound(string keyword) => _reader.Number(keyword) is { } text ? new NumberBound(text) : null;
        var checks = new NumberChecks
        {
            Minimum = Bound("minimum"),
            Maximum = Bound("maximum"),
            ExclusiveMinimum = Bound("exclusiveMinimum"),
            ExclusiveMaximum = Bound("exclusiveMaximum"),
            MultipleOf = MultipleOf(),
        };
        var isEmpty = checks is
        {
            Minimum: null, Maximum: null, ExclusiveMinimum: null, ExclusiveMaximum: null, MultipleOf: null,
        };
        _node.Numbers = isEmpty ? null : checks;
    }

    Divisor? MultipleOf()
    {
        if (_reader.Number("multipleOf") is not { } text) return null;
        var value = new NumberBound(text).Value;
        if (!value.IsNegative && value.DigitCount is > 0 and <= Divisor.MaxDigits) return new Divisor(text);
        _reader.Fault("multipleOf", $"multipleOf must be greater than 0, with at most {Divisor.MaxDigits} digits.");
        return null;
    }

    void FillStrings()
    {
        var checks = new StringChecks
        {
            MinLength = (Validates ? _reader.Count("minLength") : null) ?? 0,
            MaxLength = (Validates ? _reader.Count("maxLength") : null) ?? long.MaxValue,
            Pattern = Validates && _reader.Text("pattern") is { } source
                ? _compiler.Patterns.Find(_reader, "pattern", source)
                : null,
            Format = Format(),
        };
        var isEmpty = checks is { MinLength: 0, MaxLength: long.MaxValue, Pattern: null, Format: null };
        _node.Strings = isEmpty ? null : checks;
    }

    StringFormat? Format()
    {
        var isAsserted = _compiler.Settings.AssertFormats || _reader.Dialect.Has(Vocabularies.FormatAssertion);
        return _reader.Text("format") is { } name && isAsserted ? StringFormat.Named(name) : null;
    }

    void FillUnevaluated()
    {
        if (IsDraft7 || !_reader.Dialect.Has(Vocabularies.Unevaluated)) return;
        var items = _compiler.SingleOf(_reader, "unevaluatedItems");
        var properties = _compiler.SingleOf(_reader, "unevaluatedProperties");
        if (items is not null || properties is not null)
            _node.Unevaluated = new UnevaluatedChecks { Items = items, Properties = properties };
    }

    IEnumerable<Check> Constants()
    {
        if (!Validates) yield break;
        if (_reader.TryGet("const", out var constant)) yield return new ConstCheck(new JsonConstant(constant));
        if (!_reader.TryGet("enum", out var values)) yield break;
        if (values.ValueKind != JsonValueKind.Array)
        {
            _reader.Fault("enum", "enum must be an array of the values that are allowed.");
            yield break;
        }

        var strings = values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String);
        var others = values.EnumerateArray().Where(value => value.ValueKind != JsonValueKind.String);
        yield return new EnumCheck(
            [.. strings.Select(value => value.GetString()!).Distinct(StringComparer.Ordinal)],
            [.. others.Select(value => new JsonConstant(value))]);
    }

    IEnumerable<Check> Combinations()
    {
        if (InPlaceList("allOf") is { } all) yield return new AllOfCheck(all);
        if (InPlaceList("anyOf") is { } any) yield return new AnyOfCheck(any);
        if (InPlaceList("oneOf") is { } one) yield return new OneOfCheck(one);
        if (InPlace("not") is { } not) yield return new NotCheck(not);
        if (InPlace("if") is not { } condition) yield break;
        var (then, otherwise) = (InPlace("then"), InPlace("else"));
        yield return new IfCheck(condition, then, otherwise);
    }

    SchemaNode? InPlace(string keyword)
    {
        var node = _compiler.SingleOf(_reader, keyword);
        if (node is not null) _compiler.InPlace.Add(_node, node);
        return node;
    }

    SchemaNode[]? InPlaceList(string keyword)
    {
        var nodes = _compiler.ListOf(_reader, keyword);
        foreach (var node in nodes ?? []) _compiler.InPlace.Add(_node, node);
        return nodes;
    }
}
