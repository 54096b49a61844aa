using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Store;

/// <summary>The answer to the end of a claim: the record as it is now.</summary>
public sealed record ClaimEnded : RecordInfo
{
    /// <summary>
    /// The value as it is now, byte for byte. Left out as in a `StoredRecord`: where an answer of more than 64 KiB is
    /// given again for its Idempotency-Key.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(ExactJsonConverter))]
    public JsonElement? Value { get; init; }

    /// <summary>The record with the counter as it is now. Left out where none was changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CountedRecord? Counter { get; init; }
}
