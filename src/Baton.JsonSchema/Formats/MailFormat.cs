using System.Buffers;

namespace Baton.JsonSchema.Formats;

/// <summary>`email`: a Mailbox of RFC 5321, section 4.1.2.</summary>
internal static class MailFormat
{
    const int MaxLocalChars = 64;

    static readonly SearchValues<byte> s_atom =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~"u8);

    public static bool IsMailbox(ReadOnlySpan<byte> text)
    {
        // What follows the last @ is the domain: in quotes, the local part may hold others.
        var at = text.LastIndexOf((byte)'@');
        return at is > 0 and <= MaxLocalChars && IsLocalPart(text[..at]) && IsDomain(text[(at + 1)..]);
    }

    static bool IsLocalPart(ReadOnlySpan<byte> text)
    {
        if (text[0] == '"') return IsQuoted(text);
        foreach (var range in text.Split((byte)'.'))
        {
            var atom = text[range];
            if (atom.IsEmpty || atom.ContainsAnyExcept(s_atom)) return false;
        }

        return true;
    }

    static bool IsQuoted(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[^1] != '"') return false;
        var inner = text[1..^1];
        for (var index = 0; index < inner.Length; index++)
        {
            if (inner[index] is < (byte)' ' or > (byte)'~' or (byte)'"') return false;
            if (inner[index] != '\\') continue;
            if (++index == inner.Length || inner[index] is < (byte)' ' or > (byte)'~') return false;
        }

        return true;
    }

    static bool IsDomain(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] != '[') return NetworkFormats.IsHostname(text);
        if (text[^1] != ']') return false;
        var literal = text[1..^1];
        var tag = "IPv6:"u8;
        return literal.StartsWith(tag)
            ? NetworkFormats.IsIpv6(literal[tag.Length..])
            : NetworkFormats.IsIpv4(literal);
    }
}
