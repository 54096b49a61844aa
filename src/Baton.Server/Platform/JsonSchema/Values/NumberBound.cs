using System.Text;
using Baton.Server.Platform.JsonSchema.Documents;

namespace Baton.Server.Platform.JsonSchema.Values;

/// <summary>A number of a schema, ready to be compared with numbers of documents.</summary>
internal sealed class NumberBound
{
    /// <summary>The longest text that is always a 64-bit integer.</summary>
    const int MaxInt64Chars = 18;

    readonly byte[] _text;
    readonly long? _integer;

    public NumberBound(string text)
    {
        _text = Encoding.UTF8.GetBytes(text);
        if (text.Length <= MaxInt64Chars && !text.AsSpan().ContainsAny('.', 'e', 'E')) _integer = Integer(_text);
    }

    public DecimalText Value => new(_text);

    /// <summary>The sign of `number - bound`.</summary>
    public int CompareFrom(JsonView view, int number)
    {
        var token = view[number];
        return _integer is { } bound && token is { Kind: TokenKind.Integer, Size: <= MaxInt64Chars }
            ? Integer(view.Raw(token)).CompareTo(bound)
            : new DecimalText(view.Raw(token)).CompareTo(Value);
    }

    public override string ToString() => Encoding.UTF8.GetString(_text);

    static long Integer(ReadOnlySpan<byte> text)
    {
        var isNegative = text[0] == '-';
        var value = 0L;
        foreach (var unit in isNegative ? text[1..] : text) value = value * 10 + (unit - '0');
        return isNegative ? -value : value;
    }
}
