using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Gives a claimed record back, so that others can claim it.</summary>
public sealed record ReleaseClaimRequest : IOperationRequest
{
    /// <summary>
    /// The id of the claim, `clm_…`, as the claim answered it. One that is not held any more is a 409
    /// `store.lease_lost`.
    /// </summary>
    [InPath]
    public required string ClaimId { get; init; }
}
