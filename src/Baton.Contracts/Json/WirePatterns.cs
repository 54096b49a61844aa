namespace Baton.Contracts.Json;

/// <summary>The forms of texts on the wire, as ECMA-262 expressions: what the OpenAPI document shows.</summary>
public static class WirePatterns
{
    /// <summary>A name of a thing: not only dots, and not beginning like an id.</summary>
    public const string Name = @"^(?!\.+$)(?!(str|sch|msg|mem|br|trg|key|clm|ws)_)[A-Za-z0-9._-]{1,128}$";

    /// <summary>SHA-256 in hex.</summary>
    public const string Hash = "^[0-9a-f]{64}$";

    /// <summary>SHA-256 in hex, with the algorithm's name before it.</summary>
    public const string Digest = "^sha256:[0-9a-f]{64}$";

    /// <summary>16 bytes in hex: a salt, or a W3C trace id.</summary>
    public const string SixteenBytes = "^[0-9a-f]{32}$";
}
