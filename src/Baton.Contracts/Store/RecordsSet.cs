namespace Baton.Contracts.Store;

/// <summary>The answer to `POST /store/{namespace}`.</summary>
public sealed record RecordsSet : Committed
{
    /// <summary>What was done, in this order: first what was deleted, then what was set.</summary>
    public required IReadOnlyList<RecordVersion> Items { get; init; }

    /// <summary>Keys to delete that were absent.</summary>
    public required IReadOnlyList<string> Missing { get; init; }
}
