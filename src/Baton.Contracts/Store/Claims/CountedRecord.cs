using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Store;

/// <summary>A record whose counter the end of a claim has changed.</summary>
public sealed record CountedRecord
{
    /// <summary>The key of the record.</summary>
    public required string Key { get; init; }

    /// <summary>The version that the change made.</summary>
    public required long Version { get; init; }

    /// <summary>
    /// The value as it is now, byte for byte. Left out as in a `StoredRecord`: where an answer of more than 64 KiB is
    /// given again for its Idempotency-Key.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(ExactJsonConverter))]
    public JsonElement? Value { get; init; }
}
