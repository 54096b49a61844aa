using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Store;

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
