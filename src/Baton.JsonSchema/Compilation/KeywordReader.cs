using System.Globalization;
using System.Text;
using System.Text.Json;
using Baton.JsonSchema.References;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.Compilation;

/// <summary>Reads the keywords of one schema, and says what is wrong with them.</summary>
internal sealed class KeywordReader(SchemaPlace place, FaultList faults)
{
    public SchemaPlace Place { get; } = place;

    public Dialect Dialect => Place.Dialect;

    public bool TryGet(string keyword, out JsonElement value) => Place.TryGet(keyword, out value);

    public void Fault(string keyword, string message) => faults.Add(Place, keyword, message);

    /// <summary>
    /// Reads a length or a number of things; null if it is absent or wrong. Numbers beyond 64 bits all count as the
    /// same.
    /// </summary>
    public long? Count(string keyword)
    {
        if (!TryGet(keyword, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number)
        {
            var raw = value.GetRawText();
            var number = new DecimalText(Encoding.UTF8.GetBytes(raw));
            if (number.IsInteger && !number.IsNegative)
                return number.Magnitude > 18 ? long.MaxValue : long.Parse(Digits(number), CultureInfo.InvariantCulture);
        }

        Fault(keyword, $"{keyword} must be a whole number that is not negative.");
        return null;
    }

    /// <summary>A number as it is written; null when it is absent or wrong.</summary>
    public string? Number(string keyword)
    {
        if (!TryGet(keyword, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number) return value.GetRawText();
        Fault(keyword, $"{keyword} must be a number.");
        return null;
    }

    public bool Flag(string keyword)
    {
        if (!TryGet(keyword, out var value)) return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Fault(keyword, $"{keyword} must be true or false.");
        return value.ValueKind == JsonValueKind.True;
    }

    public string? Text(string keyword)
    {
        if (!TryGet(keyword, out var value)) return null;
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        Fault(keyword, $"{keyword} must be a string.");
        return null;
    }

    /// <summary>A list of different names; empty when it is absent or wrong. The path begins with a keyword.</summary>
    public IReadOnlyList<string> Names(string path, JsonElement value)
    {
        var isList = value.ValueKind == JsonValueKind.Array
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String);
        if (!isList)
        {
            Fault(path, $"{path} must be an array of strings.");
            return [];
        }

        var names = value.EnumerateArray().Select(item => item.GetString()!).ToList();
        if (names.Distinct(StringComparer.Ordinal).Count() == names.Count) return names;
        Fault(path, $"{path} must not hold a string twice.");
        return [];
    }

    /// <summary>An object's members; none when it is absent or wrong.</summary>
    public IEnumerable<JsonProperty> Members(string keyword)
    {
        if (!TryGet(keyword, out var value)) return [];
        if (value.ValueKind == JsonValueKind.Object) return value.EnumerateObject();
        Fault(keyword, $"{keyword} must be an object.");
        return [];
    }

    static string Digits(DecimalText number)
    {
        var text = new StringBuilder("0");
        var digits = number.Digits;
        while (digits.Next(out var digit)) text.Append(digit);
        return text.Append('0', (int)number.LastDigitPower).ToString();
    }
}
