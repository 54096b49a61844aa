using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Json;

namespace Baton.Contracts.Stashes;

/// <summary>One kept version of a stash.</summary>
public sealed record StashVersionInfo
{
    /// <summary>The version.</summary>
    public required long Version { get; init; }

    /// <summary>Bytes of content.</summary>
    public required long Size { get; init; }

    /// <summary>As it was written.</summary>
    public required string ContentType { get; init; }

    /// <summary>`sha256:` and 64 hex digits: of the content.</summary>
    [RegularExpression(WirePatterns.Digest)]
    public required string Digest { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The agent that wrote it, or the key where no agent was named.</summary>
    public required string UpdatedBy { get; init; }

    /// <summary>The model named by `Baton-Model`; null for none.</summary>
    public required string? Model { get; init; }

    /// <summary>The sources named by `Baton-Sources`, each with its version: `stash:name@3`.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The salt of the ledger's commitment, 32 hex digits: commitment = SHA-256(salt ‖ content).</summary>
    [RegularExpression(WirePatterns.SixteenBytes)]
    public required string Salt { get; init; }

    /// <summary>The commit that wrote it.</summary>
    public required long Seq { get; init; }
}
