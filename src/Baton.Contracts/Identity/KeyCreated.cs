using System.ComponentModel.DataAnnotations;

namespace Baton.Contracts.Identity;

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
