using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Baton.Server.Platform.Json;

/// <summary>
/// A digest that is equal for equal JSON: spaces, escapes, the order of members and the way in which a number is
/// written do not count. Unlike RFC 8785, numbers are exact: 1, 1.0 and 10e-1 are equal, 9007199254740993 and
/// 9007199254740992 are not.
/// </summary>
internal static class JsonDigest
{
    public static byte[] Of(JsonElement value)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, value);
        return hash.GetHashAndReset();
    }

    // The depth of bodies is bounded, and with it that of this recursion.
    static void Append(IncrementalHash hash, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).ToList();
                Append(hash, 'o', members.Count);
                foreach (var member in members)
                {
                    Append(hash, 's', member.Name);
                    Append(hash, member.Value);
                }

                break;
            case JsonValueKind.Array:
                Append(hash, 'a', value.GetArrayLength());
                foreach (var item in value.EnumerateArray()) Append(hash, item);
                break;
            case JsonValueKind.String:
                Append(hash, 's', value.GetString()!);
                break;
            case JsonValueKind.Number:
                Append(hash, 'n', ExactNumber(value.GetRawText()));
                break;
            default:
                Append(hash, 'l', value.GetRawText());
                break;
        }
    }

    static void Append(IncrementalHash hash, char kind, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, kind, bytes.Length);
        hash.AppendData(bytes);
    }

    static void Append(IncrementalHash hash, char kind, int length)
    {
        Span<byte> head = stackalloc byte[5];
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], length);
        hash.AppendData(head);
    }

    /// <summary>Digits without zeros at either end, `e`, and the power of ten of the last digit.</summary>
    static string ExactNumber(string text)
    {
        var end = text.AsSpan().IndexOfAny('e', 'E');
        var exponentText = end < 0 ? "0" : text[(end + 1)..];
        // Nobody writes such a number; two ways of writing it may count as two.
        if (!long.TryParse(exponentText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            || Math.Abs(exponent) > int.MaxValue)
            return text;
        var mantissa = end < 0 ? text : text[..end];
        var isNegative = mantissa.StartsWith('-');
        mantissa = mantissa.TrimStart('-');
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent -= mantissa.Length - point - 1;
            mantissa = mantissa.Remove(point, 1);
        }

        var digits = mantissa.TrimEnd('0');
        exponent += mantissa.Length - digits.Length;
        digits = digits.TrimStart('0');
        return digits.Length == 0
            ? "0"
            : string.Create(CultureInfo.InvariantCulture, $"{(isNegative ? "-" : "")}{digits}e{exponent}");
    }
}
