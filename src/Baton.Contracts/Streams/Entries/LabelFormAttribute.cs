using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>
/// The form of the label of an entry, which has no control characters. It says nothing of the length.
/// </summary>
public sealed class LabelFormAttribute()
    : TextFormAttribute(@"^[^\u0000-\u001f\u007f-\u009f]*$", "text without control characters.")
{
    /// <inheritdoc/>
    public override bool Fits(string text) => !text.Any(char.IsControl);
}
