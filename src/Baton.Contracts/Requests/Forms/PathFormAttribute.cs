namespace Baton.Contracts.Requests;

/// <summary>The form of a path of this server, without a query.</summary>
public sealed class PathFormAttribute()
    : TextFormAttribute("^/[^?]*$", "a path: it begins with a slash, and has no query.")
{
    /// <inheritdoc/>
    public override bool Fits(string text) => text is ['/', ..] && !text.Contains('?', StringComparison.Ordinal);
}
