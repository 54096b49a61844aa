using System.Globalization;

namespace Baton.Server.Platform.Json;

/// <summary>A JSON pointer (RFC 6901): the parts of the way to a value, decoded; no parts are the whole.</summary>
internal static class Pointer
{
    /// <summary>The parts; null where the text is no pointer.</summary>
    public static string[]? Parse(string text)
    {
        if (text.Length == 0) return [];
        if (text[0] != '/') return null;
        var parts = text[1..].Split('/');
        for (var at = 0; at < parts.Length; at++)
        {
            if (Unescape(parts[at]) is not { } part) return null;
            parts[at] = part;
        }

        return parts;
    }

    /// <summary>The text of parts.</summary>
    public static string Of(IEnumerable<string> parts) => string.Concat(parts.Select(part => "/" + Escape(part)));

    /// <summary>A text as a part of a pointer.</summary>
    public static string Escape(string part) =>
        part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>RFC 6901, section 4: digits without a leading zero.</summary>
    public static int? IndexOf(string part) =>
        (part == "0" || (part.Length > 0 && part[0] != '0'))
        && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;

    /// <summary>`~1` is a slash and `~0` a tilde; any other tilde is a mistake.</summary>
    static string? Unescape(string part)
    {
        for (var at = part.IndexOf('~', StringComparison.Ordinal); at >= 0;
            at = part.IndexOf('~', at + 1))
        {
            if (at + 1 == part.Length || part[at + 1] is not ('0' or '1')) return null;
        }

        return part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }
}
