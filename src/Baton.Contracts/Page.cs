namespace Baton.Contracts;

/// <summary>A page of a list in a fixed order.</summary>
/// <param name="Items">At most `limit` items, and at most 4 MiB.</param>
/// <param name="NextCursor">Give it as `cursor` to go on: a text of A-Z a-z 0-9 - _; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
