namespace Baton.Contracts.Store;

/// <summary>The answer to a renewal. No commit: it is not in the ledger.</summary>
/// <param name="ClaimId">The claim.</param>
/// <param name="Fence">As before.</param>
/// <param name="LeaseUntil">When the claim ends now.</param>
public sealed record ClaimRenewed(string ClaimId, long Fence, DateTimeOffset LeaseUntil);
