using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Store;

/// <summary>The body of `POST /store/{namespace}/claim`.</summary>
public sealed record ClaimRequest
{
    /// <summary>Only keys that begin so; null: all.</summary>
    public string? Prefix { get; init; }

    /// <summary>
    /// Only records with these scalars at these JSON pointers, at most 8: `{"/status": "pending"}`. Null: all.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Match { get; init; }

    /// <summary>
    /// Values to put into each, by JSON pointer. What of it still stands when the claim ends without being completed
    /// goes back to what it was.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }

    /// <summary>Seconds until the claim ends, unless it is renewed: 1 to 604 800.</summary>
    [Range(1, 604_800)]
    public required long LeaseSeconds { get; init; }

    /// <summary>At most so many records, 1 to 100; null: 1.</summary>
    [Range(1, 100)]
    public long? Limit { get; init; }

    /// <summary>Seconds to wait for something to claim, at most 60; null: 0.</summary>
    [Range(0, 60)]
    public long? Wait { get; init; }
}

/// <summary>The answer to a claim.</summary>
public sealed record RecordsClaimed : Committed
{
    /// <summary>What is the caller's now, oldest first by creation; empty where there was nothing.</summary>
    public required IReadOnlyList<ClaimedRecord> Items { get; init; }

    /// <summary>
    /// Older records that match and do not take `set`, at most 10 of them: they were passed by and are as they were.
    /// Left out where there are none. Mend or delete them: every claim looks at them again.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SkippedRecord>? Skipped { get; init; }

    /// <inheritdoc/>
    public override Committed At(long seq) => this with
    {
        Seq = seq,
        Items = [.. Items.Select(item => (ClaimedRecord)item.At(seq))],
    };
}

/// <summary>A record that matches and does not take what a claim would set.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Code">Why, as an error's code: `store.type_mismatch` or `store.too_large`.</param>
/// <param name="Detail">What is wrong, in words.</param>
public sealed record SkippedRecord(string Key, string Code, string Detail);

/// <summary>A record that the caller works on now.</summary>
public sealed record ClaimedRecord : RecordInfo
{
    /// <summary>The value, with what the claim set. Left out as in <see cref="StoredRecord"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(ExactJsonConverter))]
    public JsonElement? Value { get; init; }

    /// <summary>Completes, renews or releases the claim: whoever knows it may.</summary>
    public required string ClaimId { get; init; }

    /// <summary>
    /// The seq of the claim's entry: a later claim has a greater one. Give it to systems outside that shall refuse
    /// what comes late.
    /// </summary>
    public required long Fence { get; init; }

    /// <summary>When the claim ends, unless it is renewed.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }
}

/// <summary>Who works on a record now.</summary>
public sealed record RecordClaim
{
    /// <summary>The agent, or the key where no agent was named.</summary>
    public required string ClaimedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset ClaimedAt { get; init; }

    /// <summary>The seq of the claim's entry.</summary>
    public required long Fence { get; init; }

    /// <summary>When the claim ends, unless it is renewed.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }
}

/// <summary>The body of `POST /claim/{claim_id}/renew`.</summary>
public sealed record RenewClaimRequest
{
    /// <summary>Seconds from now until the claim ends: 1 to 604 800.</summary>
    [Range(1, 604_800)]
    public required long LeaseSeconds { get; init; }
}

/// <summary>The answer to a renewal. No commit: it is not in the ledger.</summary>
/// <param name="ClaimId">The claim.</param>
/// <param name="Fence">As before.</param>
/// <param name="LeaseUntil">When the claim ends now.</param>
public sealed record ClaimRenewed(string ClaimId, long Fence, DateTimeOffset LeaseUntil);

/// <summary>The body of `POST /claim/{claim_id}/complete`.</summary>
public sealed record CompleteClaimRequest
{
    /// <summary>Values to put into the record, by JSON pointer; null: it stays as it is.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }

    /// <summary>A counter of the same namespace, changed in the same commit; null: none.</summary>
    public ClaimCounter? Increment { get; init; }
}

/// <summary>A number in another record.</summary>
public sealed record ClaimCounter
{
    /// <summary>The record's key. It must be there.</summary>
    public required string Key { get; init; }

    /// <summary>Where in it, as a JSON pointer; what is absent there counts as 0.</summary>
    public required string Pointer { get; init; }

    /// <summary>The number to add.</summary>
    public required JsonElement By { get; init; }
}

/// <summary>The answer to the end of a claim.</summary>
public sealed record ClaimEnded : RecordInfo
{
    /// <summary>The value as it is now. Left out as in <see cref="StoredRecord"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(ExactJsonConverter))]
    public JsonElement? Value { get; init; }

    /// <summary>The counter's record as it is now, if there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CountedRecord? Counter { get; init; }
}

/// <summary>A record with a counter.</summary>
public sealed record CountedRecord
{
    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>Its version.</summary>
    public required long Version { get; init; }

    /// <summary>Its value. Left out as in <see cref="StoredRecord"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(ExactJsonConverter))]
    public JsonElement? Value { get; init; }
}
