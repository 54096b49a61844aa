namespace Baton.Contracts.Requests;

/// <summary>A SHA-256 in hexadecimal digits, in capitals or not.</summary>
public sealed class HashFormAttribute() : TextFormAttribute("^[0-9A-Fa-f]{64}$", "64 hex digits.")
{
    const int Length = 64;

    /// <inheritdoc/>
    public override bool Fits(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == Length && text.All(char.IsAsciiHexDigit);
    }
}
