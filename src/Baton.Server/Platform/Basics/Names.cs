using System.Buffers;
using Baton.Contracts.Json;

namespace Baton.Server.Platform.Basics;

/// <summary>The rule for names of things: `[A-Za-z0-9._-]{1,128}`, not only dots, not like an id.</summary>
internal static class Names
{
    public const int MaxLength = 128;
    public const string Rule =
        "1 to 128 of A-Z a-z 0-9 . _ -, not only dots, and not begin like an id (str_, key_, …).";

    /// <summary>The same as a regular expression (ECMA-262), for the OpenAPI document.</summary>
    public const string Pattern = WirePatterns.Name;

    static readonly SearchValues<char> s_allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    static readonly string[] s_idPrefixes = ["str_", "sch_", "msg_", "mem_", "br_", "trg_", "key_", "clm_", "ws_"];

    public static bool IsName(string text) =>
        text.Length is > 0 and <= MaxLength
        && !text.AsSpan().ContainsAnyExcept(s_allowed)
        && text.AsSpan().ContainsAnyExcept('.')
        && !LooksLikeId(text);

    /// <summary>
    /// Whether text that is no name may be stored as text: PostgreSQL keeps no U+0000. Content is stored as bytes.
    /// </summary>
    public static bool IsStorable(string text) => !text.Contains('\0', StringComparison.Ordinal);

    public static void Check(string text, string pointer, InputErrors errors)
    {
        if (!IsName(text)) errors.Add(pointer, $"The name is \"{InputText.Shorten(text)}\", but must be {Rule}");
    }

    static bool LooksLikeId(string text)
    {
        foreach (var prefix in s_idPrefixes)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
