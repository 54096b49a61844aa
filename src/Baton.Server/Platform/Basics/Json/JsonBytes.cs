using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Baton.Server.Platform.Basics.Json;

/// <summary>Writes JSON that contains JSON of callers, which keeps its bytes.</summary>
internal static class JsonBytes
{
    static readonly SearchValues<byte> s_lineBreaks = SearchValues.Create("\r\n"u8);

    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>
    /// The same JSON on a single line, whatever a reader takes for the end of a line. Line feeds and carriage returns
    /// stand between tokens only, where a space means the same. U+0085, U+2028 and U+2029, at which readers of Unicode
    /// text end a line too, stand in strings only, and are written as escapes.
    /// </summary>
    public static ReadOnlySpan<byte> OnOneLine(byte[] json)
    {
        var line = Escape(json, "\u0085"u8, @"\u0085"u8);
        line = Escape(line, "\u2028"u8, @"\u2028"u8);
        line = Escape(line, "\u2029"u8, @"\u2029"u8);
        if (line.AsSpan().IndexOfAny(s_lineBreaks) < 0) return line;
        if (ReferenceEquals(line, json)) line = json.ToArray();
        line.AsSpan().ReplaceAny(s_lineBreaks, (byte)' ');
        return line;
    }

    /// <summary>
    /// Escapes a character. The same array is given back if there is nothing to escape, as nearly always.
    /// </summary>
    static byte[] Escape(byte[] json, ReadOnlySpan<byte> character, ReadOnlySpan<byte> escape)
    {
        var rest = json.AsSpan();
        var next = rest.IndexOf(character);
        if (next < 0) return json;
        var output = new ArrayBufferWriter<byte>(json.Length + 64);
        for (; next >= 0; next = rest.IndexOf(character))
        {
            output.Write(rest[..next]);
            output.Write(escape);
            rest = rest[(next + character.Length)..];
        }

        output.Write(rest);
        return output.WrittenSpan.ToArray();
    }
}
