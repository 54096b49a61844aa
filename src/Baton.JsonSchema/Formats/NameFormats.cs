using System.Text;
using Baton.JsonSchema.Patterns;

namespace Baton.JsonSchema.Formats;

/// <summary>`uuid`, `json-pointer` and `regex`.</summary>
internal static class NameFormats
{
    /// <summary>RFC 4122, section 3: of any version.</summary>
    public static bool IsUuid(ReadOnlySpan<byte> text)
    {
        const int length = 36;
        if (text.Length != length) return false;
        for (var index = 0; index < length; index++)
        {
            var isHyphen = index is 8 or 13 or 18 or 23;
            if (isHyphen ? text[index] != '-' : !char.IsAsciiHexDigit((char)text[index])) return false;
        }

        return true;
    }

    /// <summary>
    /// What could be a `pattern`; the longest that is looked at is the longest that a schema can hold.
    /// </summary>
    public static bool IsRegex(ReadOnlySpan<byte> text)
    {
        if (text.Length > SchemaSettings.Default.MaxPatternChars) return false;
        return EcmaPattern.IsValid(Encoding.UTF8.GetString(text));
    }
}
