using System.Buffers;

namespace Baton.Contracts.Requests;

/// <summary>
/// The form of the cursor of a list: base64url (RFC 4648, section 5), which only the same list can read.
/// </summary>
public sealed class CursorFormAttribute()
    : TextFormAttribute("^[A-Za-z0-9_-]+$", "`next_cursor` of a page of this list, as it came.")
{
    static readonly SearchValues<char> s_allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>Whether a text has the form.</summary>
    /// <param name="text">The text.</param>
    public static bool IsCursor(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= PageRequest.MaxCursorLength && !text.AsSpan().ContainsAnyExcept(s_allowed);
    }

    /// <inheritdoc/>
    public override bool Fits(string text) => IsCursor(text);
}
