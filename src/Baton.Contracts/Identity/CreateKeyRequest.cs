using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Identity;

/// <summary>Makes an API key and shows its secret, once.</summary>
public sealed record CreateKeyRequest : IOperationRequest
{
    /// <summary>Characters of a key's name, from 1.</summary>
    public const int MaxNameLength = 128;

    /// <summary>What the key is for, 1 to 128 characters; shown in lists, never used to authenticate.</summary>
    [StringLength(MaxNameLength, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>The agent the key is bound to; null for an unbound key.</summary>
    [NameForm]
    public string? AgentId { get; init; }

    /// <summary>`server`, `admin`, `agent` or `reader`.</summary>
    [AllowedValues("reader", "agent", "admin", "server")]
    public required string Role { get; init; }

    /// <summary>Seconds until the key ends, at most ten years; null for never.</summary>
    [Range(1, RequestLimits.MaxTtlSeconds)]
    public long? ExpiresIn { get; init; }

    /// <summary>The most requests in a window; null for no limit.</summary>
    public RateLimit? RateLimit { get; init; }
}
