using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.JsonSchema.Values;
using Baton.Server.Platform.Basics.Json;

namespace Baton.Server.Features.Store.Claims.Indexes;

/// <summary>
/// Makes of the scalars at some places of a value one text. Two texts are equal exactly when the scalars are.
/// </summary>
internal static class MatchedValues
{
    const int HashBytes = 16;

    // More digits of an exponent are no number that anybody computes with: then the text is compared.
    const int MaxExponentLength = 12;

    /// <summary>The text of the scalars. Null: at one of the places there is nothing, or no scalar.</summary>
    public static string? Of(byte[] value, IReadOnlyList<string[]> places)
    {
        if (places.Count == 0) return "";
        var root = EditableJson.Of(value);
        var scalars = new List<string>(places.Count);
        foreach (var parts in places)
        {
            if (root.At(parts) is not { } found || ScalarOf(found.Raw) is not { } scalar) return null;
            scalars.Add(scalar);
        }

        return Join(scalars);
    }

    /// <summary>
    /// Makes one text of scalars. It is a hash, because values may be long, and a key of a row may not.
    /// </summary>
    public static string Join(List<string> scalars)
    {
        if (scalars.Count == 0) return "";
        var text = new StringBuilder();
        // Each scalar comes after its length, so that no two lists give the same text.
        foreach (var scalar in scalars) text.Append(CultureInfo.InvariantCulture, $"{scalar.Length}:{scalar}");
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()), hash);
        return Convert.ToHexStringLower(hash[..HashBytes]);
    }

    /// <summary>
    /// The scalar as a text, with its kind. Numbers stand by their value, so that 1, 1.0 and 10e-1 are the same. Null:
    /// it is no scalar.
    /// </summary>
    public static string? ScalarOf(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => "s" + reader.GetString(),
            JsonTokenType.Number => "n" + NumberOf(reader.ValueSpan),
            JsonTokenType.True => "t",
            JsonTokenType.False => "f",
            JsonTokenType.Null => "z",
            _ => null,
        };
    }

    /// <summary>
    /// The number by its value, or by its text where the exponent is too long. The index holds hashes of this, so it
    /// must not change.
    /// </summary>
    static string NumberOf(ReadOnlySpan<byte> text)
    {
        var mark = text.IndexOfAny((byte)'e', (byte)'E');
        return (mark < 0 || text.Length - mark <= MaxExponentLength) && DecimalText.TryParse(text, out var number)
            ? number.ToCanonical()
            : Encoding.ASCII.GetString(text);
    }
}
