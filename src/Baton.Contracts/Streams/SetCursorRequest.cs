namespace Baton.Contracts.Streams;

/// <summary>Sets how far a consumer has read in a stream.</summary>
public sealed record SetCursorRequest : StreamCursorRequest
{
    /// <summary>The last entry that the consumer is done with; 0 for none. It may be moved backwards.</summary>
    public required long EntryId { get; init; }
}
