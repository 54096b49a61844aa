namespace Baton.JsonSchema.Formats;

/// <summary>`hostname`, `ipv4` and `ipv6`.</summary>
internal static class NetworkFormats
{
    const int MaxHostnameChars = 253;
    const int MaxLabelChars = 63;

    /// <summary>RFC 1123, section 2.1: labels of letters, digits and inner hyphens, with dots between them.</summary>
    public static bool IsHostname(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > MaxHostnameChars) return false;
        foreach (var range in text.Split((byte)'.'))
        {
            var label = text[range];
            if (label.Length is 0 or > MaxLabelChars || label[0] == '-' || label[^1] == '-') return false;
            foreach (var unit in label)
            {
                if (!char.IsAsciiLetterOrDigit((char)unit) && unit != '-') return false;
            }
        }

        return true;
    }

    /// <summary>RFC 2673, section 3.2: four decimal numbers; one with a leading 0 could be read as octal.</summary>
    public static bool IsIpv4(ReadOnlySpan<byte> text)
    {
        var cursor = new TextCursor(text);
        for (var part = 0; part < 4; part++)
        {
            if (part > 0 && !cursor.Take('.')) return false;
            var rest = cursor.Rest;
            var digits = cursor.TakeDigits();
            if (digits is 0 or > 3 || (digits > 1 && rest[0] == '0')) return false;
            if (!new TextCursor(rest).TakeNumber(digits, max: 255, out _)) return false;
        }

        return cursor.IsAtEnd;
    }

    /// <summary>
    /// RFC 4291, section 2.2: eight groups, `::` once for at least one of them, IPv4 for the last two.
    /// </summary>
    public static bool IsIpv6(ReadOnlySpan<byte> text)
    {
        const int allGroups = 8;
        var gap = text.IndexOf("::"u8);
        if (gap < 0) return CountGroups(text, mayEndWithIpv4: true) == allGroups;
        var before = gap == 0 ? 0 : CountGroups(text[..gap], mayEndWithIpv4: false);
        var rest = text[(gap + 2)..];
        var after = rest.IsEmpty ? 0 : CountGroups(rest, mayEndWithIpv4: true);
        return before >= 0 && after >= 0 && before + after < allGroups;
    }

    /// <returns>-1 when it is no list of groups.</returns>
    static int CountGroups(ReadOnlySpan<byte> text, bool mayEndWithIpv4)
    {
        const int groupsOfIpv4 = 2;
        var count = 0;
        foreach (var range in text.Split((byte)':'))
        {
            var group = text[range];
            if (mayEndWithIpv4 && range.End.GetOffset(text.Length) == text.Length && group.Contains((byte)'.'))
                return IsIpv4(group) ? count + groupsOfIpv4 : -1;
            if (group.Length is 0 or > 4) return -1;
            foreach (var unit in group)
            {
                if (!char.IsAsciiHexDigit((char)unit)) return -1;
            }

            count++;
        }

        return count;
    }
}
