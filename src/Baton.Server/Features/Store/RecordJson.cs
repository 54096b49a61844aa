using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Baton.Server.Features.Store;

/// <summary>How answers are written whose values keep their bytes.</summary>
internal static class RecordJson
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

    /// <summary>`{"items": […], "next_cursor": …}`.</summary>
    public static byte[] Page(Action<Utf8JsonWriter> writeItems, string? nextCursor)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("items"u8);
            writeItems(json);
            json.WriteEndArray();
            json.WriteString("next_cursor"u8, nextCursor);
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }
}
