using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baton.Contracts.Json;

/// <summary>The one set of JSON options, strict, shared by server and clients.</summary>
public static class BatonJson
{
    /// <summary>
    /// snake_case; unknown, duplicate and missing members are errors; times in UTC with microseconds.
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

/// <summary>As <see cref="WireTime"/> has it.</summary>
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
