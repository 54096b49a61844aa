using System.Text.Json.Serialization;

namespace Baton.Contracts.Store;

/// <summary>The answer to a claim.</summary>
public sealed record RecordsClaimed : Committed
{
    /// <summary>What is the caller's now, oldest first by creation; empty where there was nothing.</summary>
    public required IReadOnlyList<ClaimedRecord> Items { get; init; }

    /// <summary>
    /// Older records that match and do not take `set`, at most 10 of them: they were passed by and are as they were.
    /// Left out where there are none. Mend or delete them: every claim looks at them again.
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
