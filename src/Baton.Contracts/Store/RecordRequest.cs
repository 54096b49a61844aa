using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>What requests about one record have in common.</summary>
public abstract record RecordRequest : IConditionalRequest
{
    /// <summary>The key: 1 to 512 bytes of UTF-8 without control characters.</summary>
    [InPath]
    [KeyForm]
    [JsonPropertyOrder(-1)]
    public required string Key { get; init; }

    /// <summary>Only if it has this version; 0: only if it is absent. Null: whatever it has.</summary>
    [InConditions]
    [JsonPropertyOrder(100)]
    public long? IfVersion { get; init; }
}
