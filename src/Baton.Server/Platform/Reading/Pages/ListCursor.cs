using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Baton.Server.Platform.Reading.Pages;

/// <summary>
/// The place that a page of a list has reached, as a text that needs no escapes in a URL, a shell or a log, and that no
/// other list accepts. It is no secret: whoever takes it apart finds the place, and can write another cursor.
/// </summary>
internal static class ListCursor
{
    /// <summary>The bytes of the check: enough to find mistakes.</summary>
    const int CheckBytes = 4;

    public static string Of(string list, string place)
    {
        var check = SHA256.HashData(Encoding.UTF8.GetBytes($"{list}\n{place}")).AsSpan(0, CheckBytes);
        return Base64Url.EncodeToString([.. check, .. Encoding.UTF8.GetBytes(place)]);
    }

    /// <summary>The place in a cursor; null if the cursor is damaged, or is one of another list.</summary>
    public static string? PlaceOf(string list, string cursor)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(cursor.Length)];
        var status = Base64Url.DecodeFromChars(cursor, bytes, out _, out var length);
        if (status != OperationStatus.Done || length < CheckBytes) return null;
        var place = Encoding.UTF8.GetString(bytes.AsSpan(CheckBytes, length - CheckBytes));
        // A place is written in exactly one way, so this compares the check too.
        return Of(list, place) == cursor ? place : null;
    }
}
