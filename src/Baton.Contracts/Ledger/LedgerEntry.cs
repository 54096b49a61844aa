namespace Baton.Contracts.Ledger;

/// <summary>One entry of the ledger of a workspace: what was done or refused, by whom, and to what.</summary>
public sealed record LedgerEntry
{
    /// <summary>The id of the workspace, `ws_…`.</summary>
    public required string WorkspaceId { get; init; }

    /// <summary>The number of the entry in its workspace: 1, 2, 3 … without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>The seq of the last entry of the commit that the entry belongs to.</summary>
    public required long CommitSeq { get; init; }

    /// <summary>
    /// When it was committed, in microseconds since 1970-01-01 UTC, by the clock of the lane. It is never less than
    /// that of the entry before.
    /// </summary>
    public required long At { get; init; }

    /// <summary>The agent that did it; null where no agent was named.</summary>
    public required string? AgentId { get; init; }

    /// <summary>The id of the key with which it was done; `system` for what the server did by itself.</summary>
    public required string? KeyId { get; init; }

    /// <summary>The name of the operation: `stash.put`.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to: `stash:market-report`.</summary>
    public required string Resource { get; init; }

    /// <summary>The version that it made; null where the thing has no versions.</summary>
    public required long? Version { get; init; }

    /// <summary>`ok`: it was done. `refused`: it was not.</summary>
    public required string Outcome { get; init; }

    /// <summary>
    /// Small facts without the payload, as JSON in canonical form (RFC 8785) in UTF-8; null for none.
    /// </summary>
    public required byte[]? Detail { get; init; }

    /// <summary>SHA-256(salt ‖ payload), 32 bytes; null where there is no payload.</summary>
    public required byte[]? Commitment { get; init; }

    /// <summary>The id of the trace of the request (W3C Trace Context), 32 hex digits; null for none.</summary>
    public required string? TraceId { get; init; }
}
