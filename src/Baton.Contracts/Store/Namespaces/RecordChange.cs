namespace Baton.Contracts.Store;

/// <summary>One change of a record, or the clearing of its namespace.</summary>
public sealed record RecordChange
{
    /// <summary>The key of the record. Null for `clear`, which is one change of all records of the namespace.</summary>
    public required string? Key { get; init; }

    /// <summary>
    /// What was done: `set`, `patch`, `delete`, `expire` or `clear`, or another operation on records by its name, such
    /// as `claim`.
    /// </summary>
    public required string Op { get; init; }

    /// <summary>The version that the change made; null for `clear`.</summary>
    public required long? Version { get; init; }

    /// <summary>The seq of the ledger entry of the change.</summary>
    public required long Seq { get; init; }
}
