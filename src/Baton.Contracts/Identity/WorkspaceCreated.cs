namespace Baton.Contracts.Identity;

/// <summary>A new workspace and its first admin key.</summary>
public sealed record WorkspaceCreated : Committed
{
    /// <summary>The id of the workspace, `ws_…`.</summary>
    public required string WorkspaceId { get; init; }

    /// <summary>The name, which is unique on the server.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the workspace's first admin key, `key_…`.</summary>
    public required string KeyId { get; init; }

    /// <summary>
    /// The secret of that key, `btn_…`, shown this one time. Null in an answer that is given again for its
    /// Idempotency-Key.
    /// </summary>
    public required string? Key { get; init; }
}
