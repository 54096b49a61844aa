using System.Globalization;
using System.Text;

namespace Baton.Server.Platform.Basics.Inputs;

/// <summary>Text as a caller sent it.</summary>
internal static class InputText
{
    static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text as an error shows it: of a long text only its beginning.</summary>
    public static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";

    /// <summary>Decodes percent-encoded UTF-8. Null if the text is not well-formed, or cannot be stored.</summary>
    public static string? Decode(string text) =>
        DecodeUtf8(text) is { } decoded && Names.IsStorable(decoded) ? decoded : null;

    static string? DecodeUtf8(string text)
    {
        if (text.AsSpan().IndexOfAny('%', '+') < 0 && Ascii.IsValid(text)) return text;
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '%')
            {
                if (index + 2 >= text.Length
                    || !byte.TryParse(
                        text.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                        out bytes[length]))
                    return null;
                length++;
                index += 2;
            }
            else if (char.IsAscii(text[index]))
            {
                bytes[length++] = text[index] == '+' ? (byte)' ' : (byte)text[index];
            }
            else
            {
                // Kestrel gives bytes over 127 of a raw target as Latin-1, or refuses them. Such characters are never
                // valid here.
                return null;
            }
        }

        try
        {
            return s_strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
