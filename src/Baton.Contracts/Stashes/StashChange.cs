using System.ComponentModel.DataAnnotations;

namespace Baton.Contracts.Stashes;

/// <summary>One change of a stash, as an event of its stream.</summary>
public sealed record StashChange
{
    /// <summary>The name of the stash.</summary>
    public required string Name { get; init; }

    /// <summary>What was done: `put`, `append`, `replace`, `delete` or `expire`.</summary>
    [AllowedValues("put", "append", "replace", "delete", "expire")]
    public required string Op { get; init; }

    /// <summary>The version that the change made.</summary>
    public required long Version { get; init; }

    /// <summary>The bytes of the content. Null after the stash was deleted or has ended.</summary>
    public required long? Size { get; init; }

    /// <summary>The content type. Null after the stash was deleted or has ended.</summary>
    public required string? ContentType { get; init; }

    /// <summary>When the change was made.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>
    /// The agent that made it, or the key where no agent was named; `system` for what the server did by itself.
    /// </summary>
    public required string UpdatedBy { get; init; }

    /// <summary>The seq of the commit.</summary>
    public required long Seq { get; init; }
}
