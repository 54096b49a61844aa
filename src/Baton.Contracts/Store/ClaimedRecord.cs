using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Store;

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
