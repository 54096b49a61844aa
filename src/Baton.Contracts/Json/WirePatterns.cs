namespace Baton.Contracts.Json;

/// <summary>
/// The forms of texts on the wire, as regular expressions of ECMA-262, which the OpenAPI document shows.
/// </summary>
public static class WirePatterns
{
    /// <summary>The name of a thing. It is not made of dots alone, and does not begin like an id.</summary>
    public const string Name = @"^(?!\.+$)(?!(str|sch|msg|mem|br|trg|key|clm|ws)_)[A-Za-z0-9._-]{1,128}$";

    /// <summary>A SHA-256 in hex digits.</summary>
    public const string Hash = "^[0-9a-f]{64}$";

    /// <summary>A SHA-256 in hex digits, after the algorithm's name.</summary>
    public const string Digest = "^sha256:[0-9a-f]{64}$";

    /// <summary>16 bytes in hex digits: a salt, or the id of a trace (W3C Trace Context).</summary>
    public const string SixteenBytes = "^[0-9a-f]{32}$";
}
