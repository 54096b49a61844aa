using System.ComponentModel.DataAnnotations;

namespace Baton.Contracts.Stashes;

/// <summary>Replaces a text in a stash by another.</summary>
public sealed record ReplaceInStashRequest : StashWriteRequest
{
    /// <summary>The text to find; at least one character.</summary>
    [MinLength(1)]
    public required string Old { get; init; }

    /// <summary>The text to put in its place; may be empty.</summary>
    public required string New { get; init; }

    /// <summary>Replace every occurrence; without it several are a 409.</summary>
    public bool All { get; init; }
}
