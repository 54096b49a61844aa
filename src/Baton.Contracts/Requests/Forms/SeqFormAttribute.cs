using System.Globalization;

namespace Baton.Contracts.Requests;

/// <summary>
/// The form of the place of a reader among the commits of a workspace: a seq, or `now` for the newest commit.
/// </summary>
public sealed class SeqFormAttribute() : TextFormAttribute("^(now|[0-9]{1,19})$", "a seq, or `now`.")
{
    /// <summary>The text that stands for the newest commit.</summary>
    public const string Now = "now";

    const int MaxDigits = 19;

    /// <inheritdoc/>
    public override bool Fits(string text) =>
        text == Now
        || (text?.Length <= MaxDigits && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _));
}
