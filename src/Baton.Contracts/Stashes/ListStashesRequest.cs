using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Stashes;

/// <summary>Lists the stashes of the workspace, by name.</summary>
public sealed record ListStashesRequest : PageRequest
{
    /// <summary>Only names that begin so.</summary>
    [InQuery]
    [StringLength(NameFormAttribute.MaxLength)]
    public string? Prefix { get; init; }

    /// <summary>Only names that hold this text, in any case.</summary>
    [InQuery]
    [StringLength(NameFormAttribute.MaxLength)]
    public string? Q { get; init; }
}
