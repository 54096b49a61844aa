namespace Baton.Contracts.Streams;

/// <summary>Sets how far a consumer has read in a stream.</summary>
public sealed record SetCursorRequest : StreamCursorRequest
{
    /// <summary>
    /// The id of the last entry that the consumer is done with; 0 for none. It may be before the one that was set last.
    /// One beyond the newest entry is a 409 `cursor.ahead`.
    /// </summary>
    public required long EntryId { get; init; }
}
