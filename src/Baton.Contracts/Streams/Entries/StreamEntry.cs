using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Streams;

/// <summary>One entry of a stream.</summary>
public sealed record StreamEntry
{
    /// <summary>The id of the entry: 1, 2, 3 … in the stream, without gaps.</summary>
    public required long EntryId { get; init; }

    /// <summary>The label by which readers select the entry. Null: it has none.</summary>
    public required string? Label { get; init; }

    /// <summary>The JSON value as it was appended, byte for byte; in event streams on one line.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>When it was appended.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent that appended it, or the key where no agent was named.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The seq of the ledger entry, and of the commit, that appended it.</summary>
    public required long Seq { get; init; }

    /// <summary>
    /// With `full=true`, on the first entry of every append: the salt of the ledger's commitment, which is
    /// SHA-256(salt ‖ data), the data of several entries joined by commas.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [RegularExpression(WirePatterns.SixteenBytes)]
    public string? Salt { get; init; }
}
