using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baton.JsonSchema.Values;

/// <summary>Generated serializers of the few values that become JSON text here: without reflection.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[][]))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, string>>))]
internal sealed partial class JsonText : JsonSerializerContext
{
    static readonly JsonText s_readable =
        new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>A text as JSON, in ASCII.</summary>
    public static string Of(string text) => JsonSerializer.Serialize(text, Default.String);

    /// <summary>A text as JSON that people can read.</summary>
    public static string ReadableOf(string text) => JsonSerializer.Serialize(text, s_readable.String);
}
