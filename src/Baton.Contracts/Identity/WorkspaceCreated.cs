namespace Baton.Contracts.Identity;

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
