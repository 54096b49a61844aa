using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Json;

namespace Baton.Contracts.Stashes;

/// <summary>One version of a stash that is kept, without its content.</summary>
public sealed record StashVersionInfo
{
    /// <summary>The number of the version.</summary>
    public required long Version { get; init; }

    /// <summary>The bytes of the content.</summary>
    public required long Size { get; init; }

    /// <summary>The content type, as it was sent with the content.</summary>
    public required string ContentType { get; init; }

    /// <summary>The SHA-256 of the content, as `sha256:` and 64 hex digits.</summary>
    [RegularExpression(WirePatterns.Digest)]
    public required string Digest { get; init; }

    /// <summary>When the version was written.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The agent that wrote it, or the key where no agent was named.</summary>
    public required string UpdatedBy { get; init; }

    /// <summary>The model that its writer named in `Baton-Model`. Null: none was named.</summary>
    public required string? Model { get; init; }

    /// <summary>The sources that its writer named in `Baton-Sources`, each with its version: `stash:name@3`.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>
    /// The salt of the ledger's commitment to the content, in 32 hex digits: the commitment is SHA-256(salt ‖ content).
    /// </summary>
    [RegularExpression(WirePatterns.SixteenBytes)]
    public required string Salt { get; init; }

    /// <summary>The seq of the commit that wrote the version.</summary>
    public required long Seq { get; init; }
}
