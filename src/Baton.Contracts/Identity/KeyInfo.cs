using System.ComponentModel.DataAnnotations;

namespace Baton.Contracts.Identity;

/// <summary>An API key, without its secret.</summary>
public sealed record KeyInfo
{
    /// <summary>The id of the key, `key_…`.</summary>
    public required string KeyId { get; init; }

    /// <summary>What the key is for.</summary>
    public required string Name { get; init; }

    /// <summary>The agent to which the key is bound. Null: it is bound to none.</summary>
    public required string? AgentId { get; init; }

    /// <summary>What the key may do: `reader`, `agent`, `admin` or `server`.</summary>
    [AllowedValues("reader", "agent", "admin", "server")]
    public required string Role { get; init; }

    /// <summary>When the key was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent or the key that made it; `system` for the key of the first start.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When the key ends. Null: it does not end by itself.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How many requests it may make in a window. Null: no limit.</summary>
    public required RateLimit? RateLimit { get; init; }

    /// <summary>The version of the key, from 1, which grows by 1 with every change.</summary>
    public required long Version { get; init; }
}
