using System.Text.Json;
using Baton.Contracts.Events;
using Baton.Contracts.Json;
using Baton.Contracts.Ledger;
using Baton.Server.Platform.Basics.Time;

namespace Baton.Server.Platform.Commits;

/// <summary>A committed ledger entry with its place in the chain. Immutable, shared by all who read it.</summary>
internal sealed class FeedEntry(LedgerEntry entry, byte[] previousHash, byte[] hash)
{
    // It is made on first use. Two threads may both make it: the copies are equal.
    byte[]? _json;

    public LedgerEntry Entry => entry;

    public long Seq => entry.Seq;

    public byte[] Hash => hash;

    public byte[] PreviousHash => previousHash;

    /// <summary>The entry on the wire, for somebody who may read it.</summary>
    public LedgerEvent ToEvent() => new()
    {
        Seq = entry.Seq,
        CommitSeq = entry.CommitSeq,
        WorkspaceId = entry.WorkspaceId,
        At = Micros.ToTime(entry.At),
        AgentId = entry.AgentId,
        KeyId = entry.KeyId,
        Action = entry.Action,
        Resource = entry.Resource,
        Version = entry.Version,
        Outcome = entry.Outcome,
        Detail = entry.Detail is { } detail ? JsonElement.Parse(detail) : null,
        Commitment = entry.Commitment is { } commitment ? Convert.ToHexStringLower(commitment) : null,
        TraceId = entry.TraceId,
        PrevHash = Convert.ToHexStringLower(previousHash),
        Hash = Convert.ToHexStringLower(hash),
    };

    /// <summary>
    /// The entry on the wire, for somebody who may not read it: enough to check the links of the chain.
    /// </summary>
    public LedgerEvent ToRedactedEvent() => new()
    {
        Seq = entry.Seq,
        CommitSeq = entry.CommitSeq,
        PrevHash = Convert.ToHexStringLower(previousHash),
        Hash = Convert.ToHexStringLower(hash),
    };

    /// <summary><see cref="ToEvent"/> as UTF-8 JSON, made once for all followers.</summary>
    public byte[] ToJson() => _json ??= Serialize(ToEvent());

    /// <summary><see cref="ToRedactedEvent"/> as UTF-8 JSON.</summary>
    public byte[] ToRedactedJson() => Serialize(ToRedactedEvent());

    static byte[] Serialize(LedgerEvent item) =>
        JsonSerializer.SerializeToUtf8Bytes(item, BatonJson.Options.GetTypeInfo(typeof(LedgerEvent)));
}
