namespace Baton.Contracts.Requests;

/// <summary>The form of a text that a header can carry as it is: visible ASCII characters and spaces.</summary>
public sealed class VisibleAsciiAttribute()
    : TextFormAttribute("^[ -~]*$", "visible ASCII characters and spaces alone.")
{
    /// <inheritdoc/>
    public override bool Fits(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
