using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Events;

/// <summary>
/// One entry of the ledger, with every field of its encoding, and its hash. Members that are null are left out. An
/// entry that the caller may not read has only `seq`, `commit_seq`, `prev_hash` and `hash`.
/// </summary>
public sealed record LedgerEvent
{
    /// <summary>The number of the entry in its workspace: 1, 2, 3 … without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>The seq of the last entry of the commit that the entry belongs to.</summary>
    public required long CommitSeq { get; init; }

    /// <summary>The id of the workspace, `ws_…`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WorkspaceId { get; init; }

    /// <summary>When it was committed, by the clock of the lane. It is never before that of the entry before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? At { get; init; }

    /// <summary>The agent that did it. Left out where no agent was named.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AgentId { get; init; }

    /// <summary>
    /// The id of the key with which it was done, `key_…`; `system` for what the server did by itself.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? KeyId { get; init; }

    /// <summary>The name of the operation: `stash.put`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Action { get; init; }

    /// <summary>What it was done to: `stash:market-report`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Resource { get; init; }

    /// <summary>The version that it made. Left out where the thing has no versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Version { get; init; }

    /// <summary>`ok`: it was done. `refused`: it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [AllowedValues("ok", "refused")]
    public string? Outcome { get; init; }

    /// <summary>
    /// Small facts about it, such as sizes, labels and counts, but not the payload: a JSON object in canonical form
    /// (RFC 8785).
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Detail { get; init; }

    /// <summary>SHA-256(salt ‖ payload), in 64 hex digits. Left out where there is no payload.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [RegularExpression(WirePatterns.Hash)]
    public string? Commitment { get; init; }

    /// <summary>
    /// The id of the trace of the request (W3C Trace Context), 32 hex digits. Left out where there was none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [RegularExpression(WirePatterns.SixteenBytes)]
    public string? TraceId { get; init; }

    /// <summary>The hash of the entry before, in 64 hex digits; 64 zeros for the first entry.</summary>
    [RegularExpression(WirePatterns.Hash)]
    public required string PrevHash { get; init; }

    /// <summary>SHA-256 of the entry's encoding, in 64 hex digits.</summary>
    [RegularExpression(WirePatterns.Hash)]
    public required string Hash { get; init; }
}
