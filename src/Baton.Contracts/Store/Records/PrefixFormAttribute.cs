using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>What keys or namespaces begin with: it may be empty.</summary>
public sealed class PrefixFormAttribute()
    : TextFormAttribute(@"^[^\u0000-\u001f\u007f-\u009f]*$", "at most 512 bytes of UTF-8 without control characters.")
{
    /// <inheritdoc/>
    public override bool Fits(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 0 || KeyFormAttribute.IsKey(text);
    }
}
