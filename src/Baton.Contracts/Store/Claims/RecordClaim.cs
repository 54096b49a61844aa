namespace Baton.Contracts.Store;

/// <summary>Who works on a record now.</summary>
public sealed record RecordClaim
{
    /// <summary>The agent that claimed it, or the key where no agent was named.</summary>
    public required string ClaimedBy { get; init; }

    /// <summary>When the record was claimed.</summary>
    public required DateTimeOffset ClaimedAt { get; init; }

    /// <summary>The seq of the entry by which the record was claimed.</summary>
    public required long Fence { get; init; }

    /// <summary>When the claim ends, unless it is renewed.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }
}
