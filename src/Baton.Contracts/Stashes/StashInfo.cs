using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Json;

namespace Baton.Contracts.Stashes;

/// <summary>A stash without its content.</summary>
public sealed record StashInfo : Committed
{
    /// <summary>The name, which is unique in the workspace.</summary>
    public required string Name { get; init; }

    /// <summary>The version, from 1, which grows by 1 with every write, and goes on after a deletion.</summary>
    public required long Version { get; init; }

    /// <summary>The bytes of the content.</summary>
    public required long Size { get; init; }

    /// <summary>The content type, as it was sent with the content.</summary>
    public required string ContentType { get; init; }

    /// <summary>The SHA-256 of the content, as `sha256:` and 64 hex digits.</summary>
    [RegularExpression(WirePatterns.Digest)]
    public required string Digest { get; init; }

    /// <summary>When the stash was made, or made anew after a deletion.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent that made it, or the key where no agent was named.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When the stash was last written.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The agent that last wrote it, or the key where no agent was named.</summary>
    public required string UpdatedBy { get; init; }

    /// <summary>When the stash ends. Null: it does not end by itself.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The id of the version of a schema to which the stash is bound, `sch_…`. Null: none.</summary>
    public required string? SchemaId { get; init; }

    /// <summary>Whether discovery shows the stash.</summary>
    public required bool Discoverable { get; init; }
}
