using System.Buffers;
using System.Text.Json;
using Baton.Server.Platform.Basics.Json;

namespace Baton.Server.Features.Store.Records;

/// <summary>How pages of records are written.</summary>
internal static class RecordJson
{
    /// <summary>`{"items": […], "next_cursor": …}`.</summary>
    public static byte[] Page(Action<Utf8JsonWriter> writeItems, string? nextCursor)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(output, JsonBytes.Options))
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
