using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>Lists the streams of the workspace, by name.</summary>
public sealed record ListStreamsRequest : PageRequest
{
    /// <summary>Only the stream whose name is this text of at most 128 characters. Without it: all.</summary>
    [InQuery]
    [StringLength(NameFormAttribute.MaxLength)]
    public string? Name { get; init; }

    /// <summary>
    /// Only streams whose names hold this text of at most 128 characters, in upper or lower case. Without it: all.
    /// </summary>
    [InQuery]
    [StringLength(NameFormAttribute.MaxLength)]
    public string? Q { get; init; }

    /// <summary>
    /// Only streams that are linked to the stash of this name, of at most 128 characters. Without it: all.
    /// </summary>
    [InQuery]
    [StringLength(NameFormAttribute.MaxLength)]
    public string? LinkedStash { get; init; }
}
