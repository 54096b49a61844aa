using System.Text.Json.Serialization;

namespace Baton.Contracts.Store;

/// <summary>The answer to a claim.</summary>
public sealed record RecordsClaimed : Committed
{
    /// <summary>
    /// The records that the caller works on from now on, those that were made first before the others. Empty where
    /// there was nothing to claim; then nothing was changed.
    /// </summary>
    public required IReadOnlyList<ClaimedRecord> Items { get; init; }

    /// <summary>
    /// Older records that match but cannot take what `set` says, at most 10. They were passed by and are as they were.
    /// Correct or delete them, because every claim looks at them again. Left out where there are none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SkippedRecord>? Skipped { get; init; }

    /// <inheritdoc/>
    public override Committed At(long seq) => this with
    {
        Seq = seq,
        Items = [.. Items.Select(item => (ClaimedRecord)item.At(seq))],
    };
}
