using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Json;

namespace Baton.Contracts.Identity;

/// <summary>The body of `POST /keys`.</summary>
public sealed record CreateKeyRequest
{
    /// <summary>What the key is for, 1 to 128 characters; shown in lists, never used to authenticate.</summary>
    [StringLength(128, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>The agent the key is bound to; null for an unbound key.</summary>
    [RegularExpression(WirePatterns.Name)]
    public string? AgentId { get; init; }

    /// <summary>`server`, `admin`, `agent` or `reader`.</summary>
    [AllowedValues("reader", "agent", "admin", "server")]
    public required string Role { get; init; }

    /// <summary>Seconds until the key ends, at most ten years; null for never.</summary>
    [Range(1, 315_360_000)]
    public long? ExpiresIn { get; init; }

    /// <summary>The most requests in a window; null for no limit.</summary>
    public RateLimit? RateLimit { get; init; }
}

/// <summary>The body of `POST /keys/{key_id}/rotate`.</summary>
public sealed record RotateKeyRequest
{
    /// <summary>For how long the old secret still works, 0 to 604 800 seconds (7 days).</summary>
    [Range(0, 604_800)]
    public long GraceSeconds { get; init; }
}

/// <summary>The body of `POST /workspaces`.</summary>
public sealed record CreateWorkspaceRequest
{
    /// <summary>`[A-Za-z0-9._-]{1,128}`, unique on the server.</summary>
    [RegularExpression(WirePatterns.Name)]
    public required string Name { get; init; }
}

/// <summary>The body of `POST /tickets`.</summary>
public sealed record CreateTicketRequest
{
    /// <summary>The path of the one GET that the ticket opens, without query: `/events`.</summary>
    [StringLength(2048, MinimumLength = 1)]
    [RegularExpression("^/[^?]*$")]
    public required string Path { get; init; }
}
