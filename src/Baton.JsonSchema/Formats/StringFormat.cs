using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.Formats;

/// <summary>Whether a string, as UTF-8 without escapes, has a format.</summary>
internal delegate bool FormatTest(ReadOnlySpan<byte> text);

/// <summary>
/// A format that can be asserted. All others are annotations, as the specification wants unknown ones.
/// </summary>
internal sealed record StringFormat(string Name, string Hint, FormatTest IsMatch)
{
    /// <summary>How many times as much work as looking at each byte it is.</summary>
    public int Effort { get; init; } = 1;

    /// <summary>Hints complete `write it …`.</summary>
    static readonly StringFormat[] s_known =
    [
        new("date-time", "like 2026-01-31T12:00:00Z (RFC 3339)", TimeFormats.IsDateTime),
        new("date", "like 2026-01-31 (RFC 3339)", TimeFormats.IsDate),
        new("time", "like 12:00:00Z or 12:00:00+02:00 (RFC 3339)", TimeFormats.IsTime),
        new("duration", "like P1DT12H, P2W or P1Y0M1D (RFC 3339, appendix A)", TimeFormats.IsDuration),
        new("email", "like name@example.com (RFC 5321)", MailFormat.IsMailbox),
        new("hostname", "like host.example.com (RFC 1123)", NetworkFormats.IsHostname),
        new("ipv4", "like 192.0.2.1", NetworkFormats.IsIpv4),
        new("ipv6", "like 2001:db8::1, without a zone", NetworkFormats.IsIpv6),
        new("uri", "like https://example.com/path (RFC 3986)", UriFormats.IsUri),
        new("uri-reference", "like /path or https://example.com/path (RFC 3986)", UriFormats.IsUriReference),
        new("uuid", "like f81d4fae-7dec-11d0-a765-00a0c91e6bf6", NameFormats.IsUuid),
        new("json-pointer", "like /items/0/name (RFC 6901)", JsonPointer.IsValid),
        new("regex", "as a regular expression of ECMA-262", NameFormats.IsRegex) { Effort = 500 },
    ];

    /// <summary>Null for a format that is only an annotation.</summary>
    public static StringFormat? Named(string name) => Array.Find(s_known, format => format.Name == name);
}
