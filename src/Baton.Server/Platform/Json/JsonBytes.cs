using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Baton.Server.Platform.Json;

/// <summary>How JSON is written that holds what callers wrote, byte for byte.</summary>
internal static class JsonBytes
{
    static readonly SearchValues<byte> s_lineBreaks = SearchValues.Create("\r\n"u8);

    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>In JSON line breaks stand between tokens only, where a space means the same.</summary>
    public static ReadOnlySpan<byte> OnOneLine(byte[] json)
    {
        if (json.AsSpan().IndexOfAny(s_lineBreaks) < 0) return json;
        var line = json.ToArray();
        line.AsSpan().ReplaceAny(s_lineBreaks, (byte)' ');
        return line;
    }
}
