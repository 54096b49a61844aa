namespace Baton.Contracts.Store;

/// <summary>A page of the changes of a namespace: every one, in their order.</summary>
/// <param name="Items">
/// The changes. The last one ends its commit, so that a page can hold more of them than `limit` says.
/// </param>
/// <param name="NextAfter">The seq to give as `after` to go on. It has moved over what `prefix` left out.</param>
public sealed record RecordChangePage(IReadOnlyList<RecordChange> Items, long NextAfter);
