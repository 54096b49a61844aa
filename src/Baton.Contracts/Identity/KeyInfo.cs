using System.ComponentModel.DataAnnotations;

namespace Baton.Contracts.Identity;

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
