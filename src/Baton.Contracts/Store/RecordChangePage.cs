namespace Baton.Contracts.Store;

/// <summary>Changes, every one, in order.</summary>
/// <param name="Items">At most `limit`, and then those that end the last commit.</param>
/// <param name="NextAfter">Give it as `after` to go on; it moves over what `prefix` leaves out.</param>
public sealed record RecordChangePage(IReadOnlyList<RecordChange> Items, long NextAfter);
