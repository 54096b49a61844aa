using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Events;

/// <summary>One ledger entry on the wire: every field of the encoding, and its hash.</summary>
/// <remarks>
/// Null members are left out. An entry that the caller may not read has only Seq, CommitSeq, PrevHash and Hash.
/// </remarks>
public sealed record LedgerEvent
{
    /// <summary>1, 2, 3 … in the workspace, without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>The last seq of the commit that it belongs to.</summary>
    public required long CommitSeq { get; init; }

    /// <summary>The workspace.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WorkspaceId { get; init; }

    /// <summary>When, by the lane's clock: never before the entry before it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? At { get; init; }

    /// <summary>Who: the agent; null where no agent was named.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AgentId { get; init; }

    /// <summary>With which key; `system` for what the server did by itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? KeyId { get; init; }

    /// <summary>What was done: `stash.put`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Action { get; init; }

    /// <summary>To what: `stash:market-report`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Resource { get; init; }

    /// <summary>The version that it made; null where the thing has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Version { get; init; }

    /// <summary>`ok` or `refused`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [AllowedValues("ok", "refused")]
    public string? Outcome { get; init; }

    /// <summary>Small facts without the payload: sizes, labels, counts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Detail { get; init; }

    /// <summary>SHA-256(salt ‖ payload), 64 hex digits; null where there is no payload.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [RegularExpression(WirePatterns.Hash)]
    public string? Commitment { get; init; }

    /// <summary>The W3C trace id of the request; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [RegularExpression(WirePatterns.SixteenBytes)]
    public string? TraceId { get; init; }

    /// <summary>The hash of the entry before; 64 zeros for the first.</summary>
    [RegularExpression(WirePatterns.Hash)]
    public required string PrevHash { get; init; }

    /// <summary>SHA-256 of the entry's encoding, 64 hex digits.</summary>
    [RegularExpression(WirePatterns.Hash)]
    public required string Hash { get; init; }
}
