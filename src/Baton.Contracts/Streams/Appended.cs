namespace Baton.Contracts.Streams;

/// <summary>The answer to an append.</summary>
public sealed record Appended : Committed
{
    /// <summary>The id of the stream.</summary>
    public required string StreamId { get; init; }

    /// <summary>The entry; of several, the last. Entries count 1, 2, 3 … in a stream, without gaps.</summary>
    public required long EntryId { get; init; }

    /// <summary>The first of the entries that were appended.</summary>
    public required long First { get; init; }

    /// <summary>The last of the entries that were appended.</summary>
    public required long Last { get; init; }

    /// <summary>How many entries were appended.</summary>
    public required long Count { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent that appended them, or the key where no agent was named.</summary>
    public required string CreatedBy { get; init; }
}
