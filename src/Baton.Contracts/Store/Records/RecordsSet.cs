namespace Baton.Contracts.Store;

/// <summary>The answer to writing many records.</summary>
public sealed record RecordsSet : Committed
{
    /// <summary>
    /// The records that were changed: first those that were deleted, then those that were set, each in the order of the
    /// request.
    /// </summary>
    public required IReadOnlyList<RecordVersion> Items { get; init; }

    /// <summary>The keys that were to be deleted and do not exist.</summary>
    public required IReadOnlyList<string> Missing { get; init; }
}
