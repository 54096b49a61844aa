namespace Baton.Server.Features.Store.Records;

/// <summary>What is to be written to a record.</summary>
internal sealed record RecordChangeRequest(RecordKey Key, RecordValue Value)
{
    /// <summary>A JSON object to be merged into the metadata; null: it stays as it is.</summary>
    public byte[]? Metadata { get; init; }

    /// <summary>Seconds until it expires; null: never.</summary>
    public long? TtlSeconds { get; init; }

    /// <summary>The expiry stays as it is.</summary>
    public bool KeepExpiry { get; init; }

    /// <summary>The claim that holds it from now on; null: it stays as it is.</summary>
    public string? ClaimId { get; init; }

    /// <summary>What that claim keeps to undo the change: charged to the workspace beside the record.</summary>
    public long UndoBytes { get; init; }

    /// <summary>Nobody holds it from now on.</summary>
    public bool EndsClaim { get; init; }

    /// <summary>Also where the workspace has no room.</summary>
    public bool EvenIfFull { get; init; }
}
