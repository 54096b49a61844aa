using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Store;

/// <summary>A record that the caller works on from now on.</summary>
public sealed record ClaimedRecord : RecordInfo
{
    /// <summary>
    /// The value, with what the claim has set in it. Left out as in a `StoredRecord`: where an answer of more than 64
    /// KiB is given again for its Idempotency-Key.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(ExactJsonConverter))]
    public JsonElement? Value { get; init; }

    /// <summary>The id of the claim, `clm_…`. Whoever knows it can complete, renew or release the claim.</summary>
    public required string ClaimId { get; init; }

    /// <summary>
    /// The seq of the entry by which the record was claimed. A later claim of the record has a greater one: give it to
    /// systems outside, so that they can refuse what an earlier holder still sends.
    /// </summary>
    public required long Fence { get; init; }

    /// <summary>When the claim ends, unless it is renewed.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }
}
