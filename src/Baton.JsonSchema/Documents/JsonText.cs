using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Baton.JsonSchema.Documents;

/// <summary>The text of JSON strings that the parser has accepted: escapes and lengths.</summary>
internal static class JsonText
{
    const byte Continuation = 0b1000_0000;
    const byte LeadMask = 0b1100_0000;

    /// <summary>Undoes the escapes. The target needs as many bytes as the raw text has, at most.</summary>
    /// <returns>The number of bytes written.</returns>
    public static int Unescape(ReadOnlySpan<byte> raw, Span<byte> target)
    {
        var written = 0;
        while (true)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain < 0) plain = raw.Length;
            raw[..plain].CopyTo(target[written..]);
            written += plain;
            if (plain == raw.Length) return written;
            raw = raw[plain..];
            written += ReadEscape(ref raw).EncodeToUtf8(target[written..]);
        }
    }

    /// <summary>Code points of a string, escaped or not.</summary>
    public static int CountCodePoints(ReadOnlySpan<byte> raw, bool isEscaped)
    {
        if (!isEscaped) return raw.Length - CountContinuations(raw);
        var count = 0;
        while (!raw.IsEmpty)
        {
            if (raw[0] == '\\')
                ReadEscape(ref raw);
            else
                raw = raw[1..];
            count++;
            while (!raw.IsEmpty && (raw[0] & LeadMask) == Continuation) raw = raw[1..];
        }

        return count;
    }

    /// <summary>
    /// Reads what a well-formed escape stands for: one code point, from one `\uXXXX` or a pair of them.
    /// </summary>
    static Rune ReadEscape(ref ReadOnlySpan<byte> raw)
    {
        var letter = raw[1];
        if (letter != 'u')
        {
            raw = raw[2..];
            return new Rune(letter switch
            {
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                _ => (char)letter,
            });
        }

        var unit = CodeUnit(raw[2..]);
        if (!char.IsSurrogate(unit))
        {
            raw = raw[6..];
            return new Rune(unit);
        }

        var low = CodeUnit(raw[8..]);
        raw = raw[12..];
        return new Rune(unit, low);
    }

    /// <summary>The code unit of four hexadecimal digits.</summary>
    public static char CodeUnit(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits[..4], out ushort unit, out var read, 'x') && read == 4
            ? (char)unit
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Not a code unit: {digits[0]}"));

    static int CountContinuations(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var unit in text)
        {
            if ((unit & LeadMask) == Continuation) count++;
        }

        return count;
    }
}
