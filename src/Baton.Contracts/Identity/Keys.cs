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

/// <summary>The most requests that a key may make in a window.</summary>
/// <param name="Requests">1 to 1 000 000 000.</param>
/// <param name="WindowSeconds">1 to 86 400 seconds.</param>
public sealed record RateLimit(
    [property: Range(1, 1_000_000_000)] long Requests, [property: Range(1, 86_400)] long WindowSeconds);

/// <summary>An API key, without its secret.</summary>
public sealed record KeyInfo
{
    /// <summary>The id, `key_…`.</summary>
    public required string KeyId { get; init; }

    /// <summary>What the key is for.</summary>
    public required string Name { get; init; }

    /// <summary>The agent it is bound to; null if unbound.</summary>
    public required string? AgentId { get; init; }

    /// <summary>`server`, `admin`, `agent` or `reader`.</summary>
    [AllowedValues("reader", "agent", "admin", "server")]
    public required string Role { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it: an agent, or a key; `system` at first start.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Its rate limit; null for none.</summary>
    public required RateLimit? RateLimit { get; init; }

    /// <summary>Grows by 1 with every change of the key.</summary>
    public required long Version { get; init; }
}

/// <summary>
/// A key with its secret: the answer to making or rotating it, the only time that the secret is shown.
/// </summary>
public sealed record KeyCreated : Committed
{
    /// <summary>The id, `key_…`.</summary>
    public required string KeyId { get; init; }

    /// <summary>
    /// The secret, `btn_…`; null when the answer is replayed by an Idempotency-Key: rotate the key then.
    /// </summary>
    public required string? Key { get; init; }

    /// <summary>What the key is for.</summary>
    public required string Name { get; init; }

    /// <summary>The agent it is bound to; null if unbound.</summary>
    public required string? AgentId { get; init; }

    /// <summary>`server`, `admin`, `agent` or `reader`.</summary>
    [AllowedValues("reader", "agent", "admin", "server")]
    public required string Role { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>After a rotation: until when the old secret still works; null if it ended at once.</summary>
    public DateTimeOffset? OldKeyExpiresAt { get; init; }

    /// <summary>Grows by 1 with every change of the key.</summary>
    public required long Version { get; init; }
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

/// <summary>A new workspace and its first admin key.</summary>
public sealed record WorkspaceCreated : Committed
{
    /// <summary>The id, `ws_…`.</summary>
    public required string WorkspaceId { get; init; }

    /// <summary>The unique name.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the workspace's first admin key.</summary>
    public required string KeyId { get; init; }

    /// <summary>The secret of its first admin key, shown once; null when replayed by an Idempotency-Key.</summary>
    public required string? Key { get; init; }
}

/// <summary>A workspace.</summary>
/// <param name="WorkspaceId">The id, `ws_…`.</param>
/// <param name="Name">The unique name.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record WorkspaceInfo(string WorkspaceId, string Name, DateTimeOffset CreatedAt);

/// <summary>The body of `POST /tickets`.</summary>
public sealed record CreateTicketRequest
{
    /// <summary>The path of the one GET that the ticket opens, without query: `/events`.</summary>
    [StringLength(2048, MinimumLength = 1)]
    [RegularExpression("^/[^?]*$")]
    public required string Path { get; init; }
}

/// <summary>A ticket: stands for the caller's key in one GET.</summary>
/// <param name="Ticket">Give it as `?ticket=`.</param>
/// <param name="Path">The path that it opens.</param>
/// <param name="ExpiresAt">60 seconds after it was made; using it ends it as well.</param>
public sealed record TicketCreated(string Ticket, string Path, DateTimeOffset ExpiresAt);
