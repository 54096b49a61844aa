namespace Baton.Server.Features.Store.Records;

/// <summary>What is to be written to a record.</summary>
internal sealed record RecordChangeRequest(RecordKey Key, RecordValue Value)
{
    /// <summary>A JSON object that is merged into the metadata. Null: the metadata stays as it is.</summary>
    public byte[]? Metadata { get; init; }

    /// <summary>Seconds until the record ends. Null: it does not end by itself.</summary>
    public long? TtlSeconds { get; init; }

    /// <summary>Whether the end of the record stays as it is.</summary>
    public bool KeepExpiry { get; init; }

    /// <summary>The id of the claim that holds the record from now on. Null: that does not change.</summary>
    public string? ClaimId { get; init; }

    /// <summary>
    /// The bytes that this claim keeps to undo the change. They are charged to the workspace besides those of the
    /// record.
    /// </summary>
    public long UndoBytes { get; init; }

    /// <summary>Whether no claim holds the record from now on.</summary>
    public bool EndsClaim { get; init; }

    /// <summary>Whether the change is made even if the workspace has no room.</summary>
    public bool EvenIfFull { get; init; }
}
