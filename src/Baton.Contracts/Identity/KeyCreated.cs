using System.ComponentModel.DataAnnotations;

namespace Baton.Contracts.Identity;

/// <summary>A key with its secret: the answer to making it or rotating it. The secret is shown this one time.</summary>
public sealed record KeyCreated : Committed
{
    /// <summary>The id of the key, `key_…`.</summary>
    public required string KeyId { get; init; }

    /// <summary>
    /// The secret, `btn_…`. Null in an answer that is given again for its Idempotency-Key: then rotate the key to get
    /// another one.
    /// </summary>
    public required string? Key { get; init; }

    /// <summary>What the key is for.</summary>
    public required string Name { get; init; }

    /// <summary>The agent to which the key is bound. Null: it is bound to none.</summary>
    public required string? AgentId { get; init; }

    /// <summary>What the key may do: `reader`, `agent`, `admin` or `server`.</summary>
    [AllowedValues("reader", "agent", "admin", "server")]
    public required string Role { get; init; }

    /// <summary>When the key ends. Null: it does not end by itself.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>After a rotation: until when the old secret goes on working. Null: it ended at once.</summary>
    public DateTimeOffset? OldKeyExpiresAt { get; init; }

    /// <summary>The version of the key, from 1, which grows by 1 with every change.</summary>
    public required long Version { get; init; }
}
