namespace Baton.Contracts.Streams;

/// <summary>What a join found.</summary>
/// <param name="Complete">There are as many as were asked for.</param>
/// <param name="Entries">The first of them, oldest first.</param>
/// <param name="NextAfter">
/// The place of the last entry looked at: give it as `after`, as it is, to wait for the next ones.
/// </param>
public sealed record StreamJoin(bool Complete, IReadOnlyList<StreamEntry> Entries, string NextAfter);
