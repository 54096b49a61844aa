using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>The form of a JSON pointer (RFC 6901) to a part of a value, never to the whole of it.</summary>
public sealed class DistinctFormAttribute() : TextFormAttribute(PartPattern, PartRule)
{
    const string PartPattern = "^(/([^~/]|~[01])*)+$";

    const string PartRule = "a JSON pointer such as /agent, of 512 characters at most.";

    /// <inheritdoc/>
    public override bool Fits(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text is not ['/', ..] || text.Length > JoinStreamRequest.MaxDistinctLength) return false;
        // A tilde is an escape: of itself, `~0`, or of a slash, `~1`.
        for (var at = text.IndexOf('~', StringComparison.Ordinal); at >= 0; at = text.IndexOf('~', at + 2))
        {
            if (at + 1 == text.Length || text[at + 1] is not ('0' or '1')) return false;
        }

        return true;
    }
}
