using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Store;

/// <summary>A whole record.</summary>
public sealed record StoredRecord : RecordInfo
{
    /// <summary>
    /// The value: any JSON, `null` too, byte for byte as it was written. Left out only where an answer of more than 64
    /// KiB is given again for its Idempotency-Key.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(ExactJsonConverter))]
    [JsonPropertyOrder(90)]
    public JsonElement? Value { get; init; }

    /// <summary>Who works on the record now. Left out where nobody does, and in answers to changes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RecordClaim? Claim { get; init; }

    /// <summary>
    /// The salt of the ledger's commitment to the value, in 32 hex digits: the commitment is SHA-256(salt ‖ value).
    /// </summary>
    [RegularExpression(WirePatterns.SixteenBytes)]
    [JsonPropertyOrder(91)]
    public required string Salt { get; init; }
}
