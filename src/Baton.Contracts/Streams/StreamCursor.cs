namespace Baton.Contracts.Streams;

/// <summary>A reader's place in a stream, kept by the server.</summary>
/// <param name="Consumer">The reader's name, unique in the stream.</param>
/// <param name="EntryId">The last entry that it is done with.</param>
/// <param name="UpdatedAt">When it was set.</param>
/// <param name="UpdatedBy">The agent that set it, or the key where no agent was named.</param>
public sealed record StreamCursor(string Consumer, long EntryId, DateTimeOffset UpdatedAt, string UpdatedBy);
