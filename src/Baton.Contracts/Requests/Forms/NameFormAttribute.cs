using System.Buffers;
using Baton.Contracts.Json;

namespace Baton.Contracts.Requests;

/// <summary>
/// The form of the name of a thing: 1 to 128 of A-Z a-z 0-9 . _ -, not only dots, and not beginning like an id.
/// </summary>
public sealed class NameFormAttribute() : TextFormAttribute(WirePatterns.Name, NameRule)
{
    /// <summary>The most characters of a name; the least is 1.</summary>
    public const int MaxLength = 128;

    /// <summary>What a name must be, as an error tells it.</summary>
    public const string NameRule =
        "1 to 128 of A-Z a-z 0-9 . _ -, not only dots, and not begin like an id (str_, key_, …).";

    static readonly SearchValues<char> s_allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    static readonly string[] s_idPrefixes = ["str_", "sch_", "msg_", "mem_", "br_", "trg_", "key_", "clm_", "ws_"];

    /// <summary>Whether a text is a name.</summary>
    /// <param name="text">The text.</param>
    public static bool IsName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= MaxLength
            && !text.AsSpan().ContainsAnyExcept(s_allowed)
            && text.AsSpan().ContainsAnyExcept('.')
            && !LooksLikeId(text);
    }

    /// <inheritdoc/>
    public override bool Fits(string text) => IsName(text);

    static bool LooksLikeId(string text)
    {
        foreach (var prefix in s_idPrefixes)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
