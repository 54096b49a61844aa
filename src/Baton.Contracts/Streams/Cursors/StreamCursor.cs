namespace Baton.Contracts.Streams;

/// <summary>How far a consumer has read in a stream, as the server keeps it for the consumer.</summary>
/// <param name="Consumer">The consumer's name, which is unique in the stream.</param>
/// <param name="EntryId">The id of the last entry that the consumer is done with; 0 for none.</param>
/// <param name="UpdatedAt">When the cursor was last set.</param>
/// <param name="UpdatedBy">The agent that set it, or the key where no agent was named.</param>
public sealed record StreamCursor(string Consumer, long EntryId, DateTimeOffset UpdatedAt, string UpdatedBy);
