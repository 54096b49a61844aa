namespace Baton.Contracts.Events;

/// <summary>A page of the change feed.</summary>
/// <param name="Items">
/// The ledger entries, in their order. The last one ends its commit, so that a page can hold more of them than `limit`
/// says.
/// </param>
/// <param name="NextAfter">The seq to give as `after` to go on. It has moved over what the filter left out.</param>
public sealed record EventPage(IReadOnlyList<LedgerEvent> Items, long NextAfter);
