using System.Buffers;
using System.Globalization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>
/// The form of the place of a reader in a stream: the number of an entry, with the id of the stream and a colon before
/// it or without; or `now` for the newest entry. The reader is behind that entry.
/// </summary>
public sealed class StreamPlaceFormAttribute()
    : TextFormAttribute("^(now|(str_[0-9a-z]+:)?[0-9]{1,19})$", "an entry's id, an event's id, or `now`.")
{
    /// <summary>The text that stands for the newest entry.</summary>
    public const string Now = "now";

    const int MaxDigits = 19;

    static readonly SearchValues<char> s_allowed = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz");

    /// <summary>Takes the place of an entry apart.</summary>
    /// <param name="text">The text.</param>
    /// <param name="streamId">The id of the stream; null where the text names none.</param>
    /// <param name="entryId">The number of the entry.</param>
    /// <returns>Whether it is such a place. `now` is none of an entry.</returns>
    public static bool TryRead(string text, out string? streamId, out long entryId)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        streamId = colon < 0 ? null : text[..colon];
        var digits = text.AsSpan(colon + 1);
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out entryId)
            && digits.Length <= MaxDigits
            && (streamId is null || IsId(streamId));
    }

    /// <inheritdoc/>
    public override bool Fits(string text) => text == Now || TryRead(text, out _, out _);

    static bool IsId(string text) => text.StartsWith(StreamFormAttribute.IdPrefix, StringComparison.Ordinal)
        && text.Length > StreamFormAttribute.IdPrefix.Length
        && !text.AsSpan(StreamFormAttribute.IdPrefix.Length).ContainsAnyExcept(s_allowed);
}
