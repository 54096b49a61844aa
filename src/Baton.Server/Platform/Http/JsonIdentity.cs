using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Baton.Server.Platform.Http;

/// <summary>
/// A text that is the same for two JSON values exactly if they are equal as JSON Schema has it: numbers by value,
/// strings by characters, objects whatever the order of their members.
/// </summary>
internal static class JsonIdentity
{
    const int MaxExponentDigits = 17;

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
                AppendNumber(text, value.GetRawText());
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

    /// <summary>With its length before it: no two lists of texts run together.</summary>
    static void AppendText(StringBuilder text, string value) =>
        text.Append('"').Append(value.Length).Append(':').Append(value);

    /// <summary>
    /// The digits without zeros at either end, and the exponent that belongs to them: 1, 1.0 and 10e-1 alike.
    /// </summary>
    static void AppendNumber(StringBuilder text, string raw)
    {
        var mantissaEnd = raw.AsSpan().IndexOfAny('e', 'E');
        var mantissa = mantissaEnd < 0 ? raw : raw[..mantissaEnd];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? 0 : mantissa.Length - point - 1;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('-').TrimStart('0');
        var significant = digits.TrimEnd('0');
        if (significant.Length == 0)
        {
            text.Append("#0");
            return;
        }

        long shift = digits.Length - significant.Length - fraction;
        text.Append('#').Append(raw[0] == '-' ? "-" : "").Append(significant).Append('e')
            .Append(mantissaEnd < 0 ? $"{shift}" : Add(raw[(mantissaEnd + 1)..], shift)).Append(';');
    }

    /// <summary>
    /// A sum as text. An exponent beyond every use is not computed: numbers with it are equal if written alike.
    /// </summary>
    static string Add(string exponent, long shift)
    {
        var digits = exponent.TrimStart('+', '-').TrimStart('0');
        if (digits.Length > MaxExponentDigits) return $"{(exponent[0] == '-' ? "-" : "")}{digits}+{shift}";
        var value = digits.Length == 0 ? 0 : long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return $"{(exponent[0] == '-' ? -value : value) + shift}";
    }
}
