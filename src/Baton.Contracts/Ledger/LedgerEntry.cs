namespace Baton.Contracts.Ledger;

/// <summary>One entry of a workspace's ledger: what was done or refused, by whom, to what.</summary>
public sealed record LedgerEntry
{
    /// <summary>The workspace.</summary>
    public required string WorkspaceId { get; init; }

    /// <summary>1, 2, 3 … in the workspace, without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>The last seq of the commit that it belongs to.</summary>
    public required long CommitSeq { get; init; }

    /// <summary>Microseconds since 1970-01-01 UTC by the lane's clock; never less than the entry before.</summary>
    public required long At { get; init; }

    /// <summary>Who; null where no agent was named.</summary>
    public required string? AgentId { get; init; }

    /// <summary>With which key; `system` for what the server did by itself.</summary>
    public required string? KeyId { get; init; }

    /// <summary>The operation's name: `stash.put`.</summary>
    public required string Action { get; init; }

    /// <summary>What it is about: `stash:market-report`.</summary>
    public required string Resource { get; init; }

    /// <summary>The version that it made; null where the thing has none.</summary>
    public required long? Version { get; init; }

    /// <summary>`ok` or `refused`.</summary>
    public required string Outcome { get; init; }

    /// <summary>Small facts as RFC 8785 canonical JSON in UTF-8, without the payload; null for none.</summary>
    public required byte[]? Detail { get; init; }

    /// <summary>SHA-256(salt ‖ payload), 32 bytes; null where there is no payload.</summary>
    public required byte[]? Commitment { get; init; }

    /// <summary>The W3C trace id, 32 hex digits; null for none.</summary>
    public required string? TraceId { get; init; }
}
