namespace Baton.Contracts.Store;

/// <summary>The answer to a renewal of a claim. It is not in the ledger, so that it names no commit.</summary>
/// <param name="ClaimId">The id of the claim, `clm_…`.</param>
/// <param name="Fence">The fence of the claim, which a renewal does not change.</param>
/// <param name="LeaseUntil">When the claim ends now, unless it is renewed again.</param>
public sealed record ClaimRenewed(string ClaimId, long Fence, DateTimeOffset LeaseUntil);
