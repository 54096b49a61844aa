using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Baton.Server.Platform.Reading;

/// <summary>
/// The place that a page of a list has reached, as a text that is the same in a URL, a shell and a log, and that no
/// other list takes. It hides nothing: who takes it apart finds the place, and can write another.
/// </summary>
internal static class ListCursor
{
    /// <summary>Enough against mistakes.</summary>
    const int CheckBytes = 4;

    public static string Of(string list, string place)
    {
        var check = SHA256.HashData(Encoding.UTF8.GetBytes($"{list}\n{place}")).AsSpan(0, CheckBytes);
        return Base64Url.EncodeToString([.. check, .. Encoding.UTF8.GetBytes(place)]);
    }

    /// <summary>Null where it is damaged, or of another list.</summary>
    public static string? PlaceOf(string list, string cursor)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(cursor.Length)];
        var status = Base64Url.DecodeFromChars(cursor, bytes, out _, out var length);
        if (status != OperationStatus.Done || length < CheckBytes) return null;
        var place = Encoding.UTF8.GetString(bytes.AsSpan(CheckBytes, length - CheckBytes));
        // There is one way to write a place: this compares the check too.
        return Of(list, place) == cursor ? place : null;
    }
}
