using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>The label of an entry, but for its length.</summary>
public sealed class LabelFormAttribute()
    : TextFormAttribute(@"^[^\u0000-\u001f\u007f-\u009f]*$", "text without control characters.")
{
    /// <inheritdoc/>
    public override bool Fits(string text) => !text.Any(char.IsControl);
}
