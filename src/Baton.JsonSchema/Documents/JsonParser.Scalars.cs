using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.Documents;

internal ref partial struct JsonParser
{
    bool ReadString()
    {
        var start = ++_at;
        var isEscaped = false;
        while (true)
        {
            SkipPlain();
            if (_at >= _text.Length) return RefuseEnd("a closing '\"'");
            if (_text[_at] == '"') break;
            if (_text[_at] != '\\') return Refuse("holds a control character in a string: escape it");
            isEscaped = true;
            if (!SkipEscape()) return false;
        }

        Add(new Token(isEscaped ? TokenKind.EscapedString : TokenKind.String, start, _at - start));
        _at++;
        return true;
    }

    /// <summary>Goes to the next quote, backslash or control character, or to the end of the text.</summary>
    void SkipPlain()
    {
        ref var text = ref MemoryMarshal.GetReference(_text);
        var at = _at;
        for (; at <= _text.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref text, (nuint)at);
            var special = Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)' '));
            if (special == Vector128<byte>.Zero) continue;
            _at = at + int.TrailingZeroCount((int)special.ExtractMostSignificantBits());
            return;
        }

        while (at < _text.Length && _text[at] is not ((byte)'"' or (byte)'\\' or < (byte)' ')) at++;
        _at = at;
    }

    bool SkipEscape()
    {
        if (_at + 1 >= _text.Length) return RefuseEnd("the rest of an escape");
        switch (_text[_at + 1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                _at += 2;
                return true;
            case (byte)'u':
                return SkipUnicodeEscape();
            default:
                return Refuse("holds an unknown escape in a string");
        }
    }

    bool SkipUnicodeEscape()
    {
        if (!IsUnicodeEscape(_at)) return Refuse("needs four hexadecimal digits after \\u");
        var unit = JsonText.CodeUnit(_text[(_at + 2)..]);
        if (char.IsSurrogate(unit))
        {
            var isPair = char.IsHighSurrogate(unit) && IsUnicodeEscape(_at + 6)
                && char.IsLowSurrogate(JsonText.CodeUnit(_text[(_at + 8)..]));
            if (!isPair) return Refuse("holds half of a surrogate pair in a string: write both halves");
            _at += 6;
        }

        _at += 6;
        return true;
    }

    readonly bool IsUnicodeEscape(int at)
    {
        const int length = 6;
        if (at + length > _text.Length || _text[at] != '\\' || _text[at + 1] != 'u') return false;
        foreach (var digit in _text.Slice(at + 2, length - 2))
        {
            if (!char.IsAsciiHexDigit((char)digit)) return false;
        }

        return true;
    }

    bool ReadNumber()
    {
        var start = _at;
        var kind = TokenKind.Integer;
        if (_text[_at] == '-') _at++;
        var digits = SkipDigits();
        if (digits == 0) return Refuse("needs a digit");
        if (digits > 1 && _text[_at - digits] == '0') return Refuse("holds a number that begins with a superfluous 0");
        if (_at < _text.Length && _text[_at] == '.')
        {
            _at++;
            kind = TokenKind.Decimal;
            if (SkipDigits() == 0) return Refuse("needs a digit after '.'");
        }

        if (_at < _text.Length && (_text[_at] | 0x20) == 'e')
        {
            kind = TokenKind.Decimal;
            if (!SkipExponent()) return false;
        }

        Add(new Token(kind, start, _at - start));
        return true;
    }

    bool SkipExponent()
    {
        _at++;
        if (_at < _text.Length && _text[_at] is (byte)'+' or (byte)'-') _at++;
        var digits = SkipDigits();
        if (digits == 0) return Refuse("needs a digit in the exponent");
        if (_text.Slice(_at - digits, digits).TrimStart((byte)'0').Length > DecimalText.MaxExponentDigits)
            return Refuse($"holds a number whose exponent has more than {DecimalText.MaxExponentDigits} digits");
        return true;
    }

    /// <returns>How many there were.</returns>
    int SkipDigits()
    {
        var start = _at;
        while (_at < _text.Length && (uint)(_text[_at] - '0') <= 9) _at++;
        return _at - start;
    }
}
