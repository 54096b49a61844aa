namespace Baton.Contracts;

/// <summary>One page of a list, in the order of the list.</summary>
/// <param name="Items">
/// As many items as `limit` says at the most, and at most 4 MiB of them, but at least one if there is one. It can be
/// empty though there is a next page.
/// </param>
/// <param name="NextCursor">
/// What to give as `cursor` to get the next page, as it is: a text of A-Z a-z 0-9 - _. Null: this is the last page.
/// </param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
