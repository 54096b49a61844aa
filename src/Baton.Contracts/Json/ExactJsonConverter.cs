using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baton.Contracts.Json;

/// <summary>
/// Keeps JSON as it came, byte for byte: spaces, escapes, digits of numbers and the order of members. Without it a
/// serializer writes the same value in a form of its own. A member that is given twice is a JsonException.
/// </summary>
public sealed class ExactJsonConverter : JsonConverter<JsonElement>
{
    /// <inheritdoc/>
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        // The serializer's own way in: it refuses members that are given twice.
        return ((JsonConverter<JsonElement>)options.GetTypeInfo(typeof(JsonElement)).Converter)
            .Read(ref reader, typeToConvert, options);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
    }
}
