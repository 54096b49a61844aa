namespace Baton.Contracts.Store;

/// <summary>One change in a namespace.</summary>
public sealed record RecordChange
{
    /// <summary>The key; null for `clear`, which is one change for all of them.</summary>
    public required string? Key { get; init; }

    /// <summary>`set`, `patch`, `delete`, `expire` or `clear`; what other operations do has their names.</summary>
    public required string Op { get; init; }

    /// <summary>The version that the change made; null for `clear`.</summary>
    public required long? Version { get; init; }

    /// <summary>The ledger entry.</summary>
    public required long Seq { get; init; }
}
