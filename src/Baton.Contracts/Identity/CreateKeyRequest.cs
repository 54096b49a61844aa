using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Identity;

/// <summary>Makes an API key and shows its secret, once.</summary>
public sealed record CreateKeyRequest : IOperationRequest
{
    /// <summary>The most characters of a key's name; the least is 1.</summary>
    public const int MaxNameLength = 128;

    /// <summary>
    /// What the key is for, in 1 to 128 characters. It is shown in lists, and never used to authenticate.
    /// </summary>
    [StringLength(MaxNameLength, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>
    /// The agent to which the key is bound: 1 to 128 of A-Z a-z 0-9 . _ -, not only dots, and it must not begin like an
    /// id (str_, key_, …). Null: the key is bound to none, and each request may name its agent.
    /// </summary>
    [NameForm]
    public string? AgentId { get; init; }

    /// <summary>
    /// What the key may do: `reader`, `agent`, `admin` or `server`, each with all that those before it may. A role
    /// above that of the caller is a 403 `access.denied`.
    /// </summary>
    [AllowedValues("reader", "agent", "admin", "server")]
    public required string Role { get; init; }

    /// <summary>Seconds until the key ends, from 1 to 315360000 (ten years). Null: it does not end by itself.</summary>
    [Range(1, RequestLimits.MaxTtlSeconds)]
    public long? ExpiresIn { get; init; }

    /// <summary>
    /// How many requests the key may make in a window; more are a 429 `rate.limited`. Null: no limit.
    /// </summary>
    public RateLimit? RateLimit { get; init; }
}
