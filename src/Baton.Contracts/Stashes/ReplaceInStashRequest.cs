using Baton.Contracts.Requests;

namespace Baton.Contracts.Stashes;

/// <summary>Replaces a text in a stash by another. A stash that is not UTF-8 text is a 409 `stash.not_text`.</summary>
public sealed record ReplaceInStashRequest : StashWriteRequest
{
    /// <summary>
    /// The text to find, of at least one character, compared byte for byte. A text that does not occur is a 404
    /// `stash.text_not_found`.
    /// </summary>
    [NotEmpty]
    public required string Old { get; init; }

    /// <summary>The text to put in its place. It may be empty.</summary>
    public required string New { get; init; }

    /// <summary>
    /// Whether every occurrence is replaced. False, the default: a text that occurs more than once is a 409
    /// `stash.text_ambiguous`.
    /// </summary>
    public bool All { get; init; }
}
