using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.JsonSchema.Values;

namespace Baton.Server.Platform.Basics.Json;

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

    // The depth of the recursion is bounded, because that of bodies is.
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
                Append(hash, 'n', NumberOf(JsonMarshal.GetRawUtf8Value(value)));
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

    /// <summary>
    /// A text of the number's value. Two ways of writing a number with an exponent beyond 32 bits count as two numbers;
    /// nobody writes one.
    /// </summary>
    static string NumberOf(ReadOnlySpan<byte> text) =>
        DecimalText.TryParse(text, out var number) && Math.Abs(number.Exponent) <= int.MaxValue
            ? number.ToCanonical()
            : Encoding.ASCII.GetString(text);
}
