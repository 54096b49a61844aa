using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>What requests about one record have in common.</summary>
public abstract record RecordRequest : IConditionalRequest
{
    /// <summary>The key of the record: 1 to 512 bytes of UTF-8 without control characters.</summary>
    [InPath]
    [KeyForm]
    [JsonPropertyOrder(-1)]
    public required string Key { get; init; }

    /// <summary>
    /// The version that the thing must have, or it is a 412 `version.mismatch`; 0: it must be absent. Null: any
    /// version, or none.
    /// </summary>
    [InConditions]
    [JsonPropertyOrder(100)]
    public long? IfVersion { get; init; }
}
