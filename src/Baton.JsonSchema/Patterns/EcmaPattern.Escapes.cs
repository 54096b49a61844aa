using System.Globalization;
using System.Text;

namespace Baton.JsonSchema.Patterns;

internal sealed partial class EcmaPattern
{
    /// <summary>An escape outside of a class.</summary>
    void EscapeTerm()
    {
        var next = _at + 1 < _source.Length ? _source[_at + 1] : throw Fault("a backslash stands at the end");
        if (next is 'b' or 'B')
        {
            _at += 2;
            WordBoundary(isWanted: next == 'b');
            return;
        }

        if (next == 'k' || next is >= '1' and <= '9')
        {
            _at++;
            BackReference();
            return;
        }

        Atom(ReadEscape(out _));
    }

    /// <summary>ECMA's words are ASCII, those of .NET are not: so both sides are looked at.</summary>
    void WordBoundary(bool isWanted)
    {
        NeedsBacktracking = true;
        var word = EcmaClasses.Find('w')!;
        Write("(?:(?<=");
        Write(word);
        Write(isWanted ? ")(?!" : ")(?=");
        Write(word);
        Write(")|(?<!");
        Write(word);
        Write(isWanted ? ")(?=" : ")(?!");
        Write(word);
        Write("))");
    }

    void BackReference()
    {
        NeedsBacktracking = true;
        int number;
        if (Takes("k"))
        {
            var end = Next == '<' ? _source.IndexOf('>', _at) : -1;
            if (end < 0) throw Fault("\\k needs the name of a group: \\k<name>");
            var name = _source[(_at + 1)..end];
            number = _groups.NumberOf(name) ?? throw Fault($"no group is named '{name}'");
            _at = end + 1;
        }
        else
        {
            number = Digits();
        }

        if (number > _groups.Count) throw Fault($"there is no group {number}");
        // A group that has matched nothing yet is empty for ECMA, and fails in .NET.
        var group = EcmaGroups.NameOf(number);
        Write($@"(?({group})\k<{group}>)");
        Write(Quantifier());
    }

    /// <summary>
    /// Reads an escape that stands for a set; for a single code point, that is given as well, else -1.
    /// </summary>
    CodePointSet ReadEscape(out int codePoint)
    {
        codePoint = -1;
        _at++;
        if (IsAtEnd) throw Fault("a backslash stands at the end");
        if (EcmaClasses.Find(Next) is { } known)
        {
            _at++;
            return known;
        }

        if (Next is 'p' or 'P') return Property();
        codePoint = CharacterEscape();
        return CodePointSet.Of(codePoint);
    }

    CodePointSet Property()
    {
        var isNegated = _source[_at++] == 'P';
        var end = Next == '{' ? _source.IndexOf('}', _at) : -1;
        if (end < 0) throw Fault("\\p needs a property in braces: \\p{Letter}");
        var name = _source[(_at + 1)..end];
        var set = UnicodeProperties.Find(name, isNegated) ?? throw Fault($"the Unicode property '{name}' is not known");
        _at = end + 1;
        return set;
    }

    int CharacterEscape()
    {
        var letter = Next;
        if (letter == 'c') return ControlLetter();
        if (letter == 'x') return HexDigits(skipped: 1, count: 2);
        if (letter == 'u') return UnicodeEscape();
        if (letter == '0' && (_at + 1 == _source.Length || !char.IsAsciiDigit(_source[_at + 1])))
        {
            _at++;
            return 0;
        }

        if (EcmaClasses.ControlOf(letter) is { } control)
        {
            _at++;
            return control;
        }

        if (char.IsAsciiLetterOrDigit(letter)) throw Fault($"'\\{letter}' is no escape that is known");
        return ReadCodePoint();
    }

    int ControlLetter()
    {
        _at++;
        if (!char.IsAsciiLetter(Next)) throw Fault("\\c needs a letter: \\cM");
        return _source[_at++] % 32;
    }

    int UnicodeEscape()
    {
        if (_at + 1 < _source.Length && _source[_at + 1] == '{')
        {
            var end = _source.IndexOf('}', _at);
            if (end < 0) throw Fault("\\u{ is not closed");
            var digits = _source.AsSpan()[(_at + 2)..end];
            if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                || value is < 0 or > 0x10FFFF) throw Fault("\\u{…} needs the hexadecimal number of a code point");
            _at = end + 1;
            return value;
        }

        var unit = HexDigits(skipped: 1, count: 4);
        if (!char.IsHighSurrogate((char)unit) || !Peek(@"\u")) return unit;
        var before = _at;
        _at++;
        var low = HexDigits(skipped: 1, count: 4);
        if (char.IsLowSurrogate((char)low)) return new Rune((char)unit, (char)low).Value;
        _at = before;
        return unit;
    }

    bool Peek(string text) => string.CompareOrdinal(_source, _at, text, 0, text.Length) == 0;

    int HexDigits(int skipped, int count)
    {
        _at += skipped;
        var digits = _source.AsSpan(Math.Min(_at, _source.Length), Math.Clamp(_source.Length - _at, 0, count));
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit)) throw Fault($"{count} hexadecimal digits are needed");
        }

        if (digits.Length < count) throw Fault($"{count} hexadecimal digits are needed");
        _at += count;
        return int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    /// <summary>A class in brackets.</summary>
    CodePointSet Class()
    {
        var start = _at++;
        var isNegated = Takes("^");
        var parts = new List<CodePointSet>();
        while (Next != ']')
        {
            if (IsAtEnd)
            {
                _at = start;
                throw Fault("a class is not closed: ']' is missing");
            }

            ReadClassPart(parts);
        }

        _at++;
        var set = CodePointSet.Union(parts.Distinct());
        return isNegated ? set.Complement() : set;
    }

    /// <summary>A single code point, a class escape, or a range.</summary>
    void ReadClassPart(List<CodePointSet> parts)
    {
        var first = ClassAtom(out var firstPoint);
        var isRange = Next == '-' && _at + 1 < _source.Length && _source[_at + 1] != ']';
        if (!isRange)
        {
            parts.Add(first);
            return;
        }

        _at++;
        var last = ClassAtom(out var lastPoint);
        if (firstPoint < 0 || lastPoint < 0)
            parts.AddRange([first, CodePointSet.Of('-'), last]);
        else if (lastPoint < firstPoint)
            throw Fault("a range in a class is upside down");
        else
            parts.Add(CodePointSet.Of([(firstPoint, lastPoint)]));
    }

    CodePointSet ClassAtom(out int codePoint)
    {
        if (Next == '\\' && _at + 1 < _source.Length)
        {
            if (_source[_at + 1] != 'b') return ReadEscape(out codePoint);
            _at += 2;
            codePoint = '\b';
            return CodePointSet.Of(codePoint);
        }

        if (IsAtEnd) throw Fault("a class is not closed: ']' is missing");
        codePoint = ReadCodePoint();
        return CodePointSet.Of(codePoint);
    }
}
