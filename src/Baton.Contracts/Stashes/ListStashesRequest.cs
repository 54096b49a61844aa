using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Stashes;

/// <summary>Lists the stashes of the workspace, by name.</summary>
public sealed record ListStashesRequest : PageRequest
{
    /// <summary>Only stashes whose names begin with this text of at most 128 characters. Without it: all.</summary>
    [InQuery]
    [StringLength(NameFormAttribute.MaxLength)]
    public string? Prefix { get; init; }

    /// <summary>
    /// Only stashes whose names hold this text of at most 128 characters, in upper or lower case. Without it: all.
    /// </summary>
    [InQuery]
    [StringLength(NameFormAttribute.MaxLength)]
    public string? Q { get; init; }
}
