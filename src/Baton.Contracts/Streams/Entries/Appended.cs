namespace Baton.Contracts.Streams;

/// <summary>The answer to an append.</summary>
public sealed record Appended : Committed
{
    /// <summary>The id of the stream, `str_…`.</summary>
    public required string StreamId { get; init; }

    /// <summary>
    /// The id of the entry; of several, that of the last. Ids are 1, 2, 3 … in a stream, without gaps.
    /// </summary>
    public required long EntryId { get; init; }

    /// <summary>The id of the first entry that was appended.</summary>
    public required long First { get; init; }

    /// <summary>The id of the last entry that was appended.</summary>
    public required long Last { get; init; }

    /// <summary>How many entries were appended.</summary>
    public required long Count { get; init; }

    /// <summary>When the entries were appended.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent that appended them, or the key where no agent was named.</summary>
    public required string CreatedBy { get; init; }
}
