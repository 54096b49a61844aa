using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Store;

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
