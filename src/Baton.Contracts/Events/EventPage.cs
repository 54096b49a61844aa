namespace Baton.Contracts.Events;

/// <summary>A page of the change feed.</summary>
/// <param name="Items">In order; ends at a commit's boundary.</param>
/// <param name="NextAfter">Give it as `after` to go on: it has moved over what the filter left out.</param>
public sealed record EventPage(IReadOnlyList<LedgerEvent> Items, long NextAfter);
