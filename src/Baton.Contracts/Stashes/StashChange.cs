using System.ComponentModel.DataAnnotations;

namespace Baton.Contracts.Stashes;

/// <summary>One change of a stash, as the stash's event stream tells it.</summary>
public sealed record StashChange
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>`put`, `append`, `replace`, `delete` or `expire`.</summary>
    [AllowedValues("put", "append", "replace", "delete", "expire")]
    public required string Op { get; init; }

    /// <summary>The version that the change made.</summary>
    public required long Version { get; init; }

    /// <summary>Bytes of content; null after a deletion.</summary>
    public required long? Size { get; init; }

    /// <summary>Null after a deletion.</summary>
    public required string? ContentType { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Who: an agent, a key, or `system`.</summary>
    public required string UpdatedBy { get; init; }

    /// <summary>The commit.</summary>
    public required long Seq { get; init; }
}
