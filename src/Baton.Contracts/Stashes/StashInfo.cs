using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Json;

namespace Baton.Contracts.Stashes;

/// <summary>What is known of a stash besides its content.</summary>
public sealed record StashInfo : Committed
{
    /// <summary>The name, unique in the workspace.</summary>
    public required string Name { get; init; }

    /// <summary>1, 2, 3 …: grows by 1 with every write, and goes on after a deletion.</summary>
    public required long Version { get; init; }

    /// <summary>Bytes of content.</summary>
    public required long Size { get; init; }

    /// <summary>As it was written, byte for byte.</summary>
    public required string ContentType { get; init; }

    /// <summary>`sha256:` and 64 hex digits: of the content.</summary>
    [RegularExpression(WirePatterns.Digest)]
    public required string Digest { get; init; }

    /// <summary>When it was created, or re-created after a deletion.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent that created it, or the key where no agent was named.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was last written.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The agent that last wrote it, or the key where no agent was named.</summary>
    public required string UpdatedBy { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The schema it is bound to; null for none.</summary>
    public required string? SchemaId { get; init; }

    /// <summary>Whether discovery shows it.</summary>
    public required bool Discoverable { get; init; }
}
