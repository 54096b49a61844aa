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

/// <summary>The body of `PATCH /stash/{name}/replace`.</summary>
public sealed record ReplaceRequest
{
    /// <summary>The text to find; at least one character.</summary>
    [MinLength(1)]
    public required string Old { get; init; }

    /// <summary>The text to put in its place; may be empty.</summary>
    public required string New { get; init; }

    /// <summary>Replace every occurrence; without it several are a 409.</summary>
    public bool All { get; init; }
}

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

/// <summary>What was made from what.</summary>
/// <param name="Nodes">Every thing and version met within `depth` steps.</param>
/// <param name="Edges">From a source to what was made of it.</param>
/// <param name="Truncated">More was there than the depth or the limit of 1 000 nodes shows.</param>
public sealed record Lineage(IReadOnlyList<LineageNode> Nodes, IReadOnlyList<LineageEdge> Edges, bool Truncated);

/// <summary>One version of a thing.</summary>
/// <param name="Id">`stash:name@3`: unique in the graph.</param>
/// <param name="Resource">`stash:name`.</param>
/// <param name="Version">The version.</param>
/// <param name="By">Who wrote it; null where only its place in the graph is still known.</param>
/// <param name="Model">The model named by its writer; null for none.</param>
/// <param name="At">When it was written; null where only its place in the graph is still known.</param>
public sealed record LineageNode(
    string Id, string Resource, long Version, string? By, string? Model, DateTimeOffset? At);

/// <summary>One step: the target was made from the source.</summary>
/// <param name="Source">A node's id.</param>
/// <param name="Target">A node's id.</param>
public sealed record LineageEdge(string Source, string Target);
