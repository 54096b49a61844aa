namespace Baton.Server.Features.Store.Records;

/// <summary>What is to be written to a record.</summary>
internal sealed record RecordChangeRequest(RecordKey Key, RecordValue Value)
{
    /// <summary>A JSON object that is merged into the metadata; null: the metadata stays as it is.</summary>
    public byte[]? Metadata { get; init; }

    /// <summary>Seconds until it expires; null: never.</summary>
    public long? TtlSeconds { get; init; }

    /// <summary>Whether the expiry stays as it is.</summary>
    public bool KeepExpiry { get; init; }

    /// <summary>The claim that holds the record from now on; null: no change.</summary>
    public string? ClaimId { get; init; }

    /// <summary>
    /// The bytes that this claim keeps to undo the change. They are charged to the workspace beside the record.
    /// </summary>
    public long UndoBytes { get; init; }

    /// <summary>Whether nobody holds the record from now on.</summary>
    public bool EndsClaim { get; init; }

    /// <summary>Whether the change is made even if the workspace has no room.</summary>
    public bool EvenIfFull { get; init; }
}
