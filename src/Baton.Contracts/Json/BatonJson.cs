using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baton.Contracts.Json;

/// <summary>The JSON options that the server and its clients share. They are strict. Safe for concurrent use.</summary>
public static class BatonJson
{
    /// <summary>
    /// Names in snake_case, and times as `WireTime` writes them. Unknown members, members that are given twice,
    /// required members that are missing, null where it is not allowed, and more than 64 levels are a JsonException.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = BatonJsonContext.Default,
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            NumberHandling = JsonNumberHandling.Strict,
            MaxDepth = 64,
            // The answers are application/json, never HTML: text stays readable for people and models.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new UtcMicrosecondsConverter());
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>
/// Writes times as <see cref="WireTime"/> does, and reads any time of RFC 3339. A text that is not one is a
/// JsonException.
/// </summary>
public sealed class UtcMicrosecondsConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Span<byte> text = stackalloc byte[WireTime.Length];
        WireTime.Write(value, text);
        writer.WriteStringValue(text);
    }
}
