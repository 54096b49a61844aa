using System.Text;
using Baton.JsonSchema.Documents;

namespace Baton.JsonSchema.Values;

/// <summary>A number of a schema, ready to be compared with numbers of documents.</summary>
internal sealed class NumberBound
{
    readonly byte[] _text;
    readonly ShortDecimal? _short;

    public NumberBound(string text)
    {
        _text = Encoding.UTF8.GetBytes(text);
        if (ShortDecimal.TryParse(_text, out var value)) _short = value;
    }

    public DecimalText Value => new(_text);

    /// <summary>The sign of `number - bound`.</summary>
    public int CompareFrom(JsonView view, int number)
    {
        var text = view.Raw(number);
        return _short is { } bound && ShortDecimal.TryParse(text, out var value)
            ? value.CompareTo(bound)
            : new DecimalText(text).CompareTo(Value);
    }

    public override string ToString() => Encoding.UTF8.GetString(_text);
}
