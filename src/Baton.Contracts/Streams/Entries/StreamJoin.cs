namespace Baton.Contracts.Streams;

/// <summary>The entries that a join was waiting for.</summary>
/// <param name="Complete">Whether there are as many as were asked for.</param>
/// <param name="Entries">The entries, oldest first: as many as were asked for, or those that are there.</param>
/// <param name="NextAfter">
/// The place of the last entry that was looked at. Give it as `after`, as it is, to wait for those that come next.
/// </param>
public sealed record StreamJoin(bool Complete, IReadOnlyList<StreamEntry> Entries, string NextAfter);
