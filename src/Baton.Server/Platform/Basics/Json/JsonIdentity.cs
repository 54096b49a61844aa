using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Baton.JsonSchema.Values;

namespace Baton.Server.Platform.Basics.Json;

/// <summary>
/// A text that is the same for two JSON values exactly if they are equal as JSON Schema has it: numbers by value,
/// strings by characters, objects whatever the order of their members.
/// </summary>
internal static class JsonIdentity
{
    public static string Of(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendObject(text, value);
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray()) Append(text, item);
                text.Append(']');
                break;
            case JsonValueKind.String:
                AppendText(text, value.GetString()!);
                break;
            case JsonValueKind.Number:
                AppendNumber(text, JsonMarshal.GetRawUtf8Value(value));
                break;
            default:
                text.Append(value.ValueKind switch { JsonValueKind.True => 't', JsonValueKind.False => 'f', _ => 'n' });
                break;
        }
    }

    static void AppendObject(StringBuilder text, JsonElement value)
    {
        text.Append('{');
        foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            AppendText(text, member.Name);
            Append(text, member.Value);
        }

        text.Append('}');
    }

    /// <summary>
    /// Appends a text with its length before it, so that two different lists of texts never give the same result.
    /// </summary>
    static void AppendText(StringBuilder text, string value) =>
        text.Append('"').Append(value.Length).Append(':').Append(value);

    /// <summary>
    /// Appends a number by its value. Numbers with an exponent beyond every use are not computed: they are equal if
    /// they are written alike.
    /// </summary>
    static void AppendNumber(StringBuilder text, ReadOnlySpan<byte> number)
    {
        text.Append('#');
        if (DecimalText.TryParse(number, out var value)) text.Append(value.ToCanonical());
        else text.Append(Encoding.ASCII.GetString(number));
        text.Append(';');
    }
}
