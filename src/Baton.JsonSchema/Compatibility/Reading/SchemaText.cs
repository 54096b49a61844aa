using System.Globalization;
using System.Text;
using System.Text.Json;
using Baton.JsonSchema.Compatibility.Formulas;
using Baton.JsonSchema.References;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.Compatibility.Reading;

/// <summary>
/// Writes a schema and all that it refers to, without annotations, in an order of its own: schemas with the same text
/// hold for the same values. References become the numbers of their targets, so that names of definitions do not
/// matter.
/// </summary>
internal sealed class SchemaText
{
    static readonly HashSet<string> s_meaningless =
    [
        "$schema", "$id", "$anchor", "$dynamicAnchor", "$comment", "$vocabulary", "$defs", "definitions", "title",
        "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "contentEncoding",
        "contentMediaType", "contentSchema",
    ];

    readonly SchemaLinks _links;
    readonly Budget _budget;
    readonly List<SchemaPlace> _targets = [];
    readonly Dictionary<SchemaPlace, int> _numbers = [];
    readonly StringBuilder _text = new();
    bool _isUnknown;

    SchemaText(SchemaLinks links, Budget budget) => (_links, _budget) = (links, budget);

    /// <summary>The text of a schema; null if it depends on the way to the schema where its references lead.</summary>
    public static string? Of(SchemaPlace place, SchemaLinks links, Budget budget)
    {
        var writer = new SchemaText(links, budget);
        writer.NumberOf(place);
        for (var index = 0; index < writer._targets.Count && !writer._isUnknown; index++)
            writer.Write(writer._targets[index]);
        return writer._isUnknown ? null : writer._text.ToString();
    }

    int NumberOf(SchemaPlace target)
    {
        if (_numbers.TryGetValue(target, out var known)) return known;
        _targets.Add(target);
        return _numbers[target] = _targets.Count - 1;
    }

    void Write(SchemaPlace place)
    {
        _budget.Spend();
        if (place.Element.ValueKind != JsonValueKind.Object)
        {
            _text.Append(place.Element.GetRawText());
            return;
        }

        _text.Append(CultureInfo.InvariantCulture, $"{{{place.Dialect.Draft} {(int)place.Dialect.Vocabularies}");
        var children = Subschemas.Of(place.Element, place.Dialect).Select(child => child.Pointer)
            .Where(pointer => !s_meaningless.Contains(pointer.Split('/')[1])).Order(StringComparer.Ordinal).ToList();
        var holders = children.Select(pointer => pointer.Split('/')[1]).ToHashSet();
        foreach (var member in place.Element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            if (s_meaningless.Contains(member.Name) || holders.Contains(member.Name)) continue;
            Write(place, member);
        }

        foreach (var pointer in children)
        {
            _text.Append(CultureInfo.InvariantCulture, $"\n{JsonText.Of(pointer)}:");
            Write(place.Resource.Document.Places[place.Pointer + pointer]);
        }

        WriteLists(place);
        _text.Append('}');
    }

    void Write(SchemaPlace place, JsonProperty member)
    {
        _text.Append(CultureInfo.InvariantCulture, $"\n{JsonText.Of(member.Name)}:");
        if (member.Name is not ("$ref" or "$dynamicRef"))
        {
            _text.Append(Instance.Read(member.Value).Json);
            return;
        }

        var target = member.Name == "$ref" ? _links.TargetOf(place, "$ref") : _links.DynamicTargetOf(place);
        _isUnknown |= target is null;
        if (target is not null) _text.Append(CultureInfo.InvariantCulture, $"-> {NumberOf(target)}");
    }

    /// <summary>Writes the lists of names that `dependencies` may hold beside schemas.</summary>
    void WriteLists(SchemaPlace place)
    {
        foreach (var member in place.Members("dependencies").OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            if (member.Value.ValueKind != JsonValueKind.Array) continue;
            var name = JsonText.Of(member.Name);
            _text.Append(CultureInfo.InvariantCulture, $"\n{name} needs {Instance.Read(member.Value).Json}");
        }
    }
}
