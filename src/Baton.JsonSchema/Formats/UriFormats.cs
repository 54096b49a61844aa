using System.Buffers;

namespace Baton.JsonSchema.Formats;

/// <summary>`uri` and `uri-reference` by the grammar of RFC 3986, appendix A.</summary>
internal static class UriFormats
{
    const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    const string SubDelimiters = "!$&'()*+,;=";

    static readonly SearchValues<byte> s_name = Bytes(Unreserved + SubDelimiters + "%");
    static readonly SearchValues<byte> s_user = Bytes(Unreserved + SubDelimiters + "%:");
    static readonly SearchValues<byte> s_path = Bytes(Unreserved + SubDelimiters + "%:@/");
    static readonly SearchValues<byte> s_query = Bytes(Unreserved + SubDelimiters + "%:@/?");

    /// <summary>With a scheme.</summary>
    public static bool IsUri(ReadOnlySpan<byte> text)
    {
        var colon = SchemeEnd(text);
        return colon > 0 && IsAfterScheme(text[(colon + 1)..]);
    }

    /// <summary>With a scheme, or relative: then no colon stands in the first segment.</summary>
    public static bool IsUriReference(ReadOnlySpan<byte> text)
    {
        if (SchemeEnd(text) > 0) return IsUri(text);
        var end = text.IndexOfAny("/?#"u8);
        var first = end < 0 ? text : text[..end];
        return !first.Contains((byte)':') && IsAfterScheme(text);
    }

    /// <summary>Where the colon after a scheme stands; -1 when there is none.</summary>
    static int SchemeEnd(ReadOnlySpan<byte> text)
    {
        var colon = text.IndexOf((byte)':');
        if (colon < 1 || !char.IsAsciiLetter((char)text[0])) return -1;
        foreach (var unit in text[..colon])
        {
            if (!char.IsAsciiLetterOrDigit((char)unit) && unit is not ((byte)'+' or (byte)'-' or (byte)'.')) return -1;
        }

        return colon;
    }

    static bool IsAfterScheme(ReadOnlySpan<byte> text)
    {
        var fragment = text.IndexOf((byte)'#');
        if (fragment >= 0 && !Has(text[(fragment + 1)..], s_query)) return false;
        if (fragment >= 0) text = text[..fragment];
        var query = text.IndexOf((byte)'?');
        if (query >= 0 && !Has(text[(query + 1)..], s_query)) return false;
        if (query >= 0) text = text[..query];
        if (!text.StartsWith("//"u8)) return Has(text, s_path);
        text = text[2..];
        var path = text.IndexOf((byte)'/');
        if (path < 0) path = text.Length;
        return IsAuthority(text[..path]) && Has(text[path..], s_path);
    }

    static bool IsAuthority(ReadOnlySpan<byte> text)
    {
        var at = text.LastIndexOf((byte)'@');
        if (at >= 0 && !Has(text[..at], s_user)) return false;
        var host = text[(at + 1)..];
        var colon = host.LastIndexOf((byte)':');
        if (colon >= 0 && colon > host.LastIndexOf((byte)']'))
        {
            if (host[(colon + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
            host = host[..colon];
        }

        if (host.IsEmpty || host[0] != '[') return Has(host, s_name);
        return host[^1] == ']' && IsAddress(host[1..^1]);
    }

    /// <summary>What stands in brackets: an IPv6 address, or `v1.` and the like for what is yet to come.</summary>
    static bool IsAddress(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || (text[0] | 0x20) != 'v') return NetworkFormats.IsIpv6(text);
        var dot = text.IndexOf((byte)'.');
        if (dot < 2 || dot == text.Length - 1) return false;
        foreach (var unit in text[1..dot])
        {
            if (!char.IsAsciiHexDigit((char)unit)) return false;
        }

        return !text[(dot + 1)..].Contains((byte)'%') && Has(text[(dot + 1)..], s_user);
    }

    /// <summary>Whether a part consists of allowed characters, and of % with two hexadecimal digits.</summary>
    static bool Has(ReadOnlySpan<byte> part, SearchValues<byte> allowed)
    {
        if (part.ContainsAnyExcept(allowed)) return false;
        for (var at = part.IndexOf((byte)'%'); at >= 0; at = part.IndexOf((byte)'%'))
        {
            if (at + 2 >= part.Length) return false;
            if (!char.IsAsciiHexDigit((char)part[at + 1]) || !char.IsAsciiHexDigit((char)part[at + 2])) return false;
            part = part[(at + 3)..];
        }

        return true;
    }

    static SearchValues<byte> Bytes(string text) => SearchValues.Create(System.Text.Encoding.ASCII.GetBytes(text));
}
