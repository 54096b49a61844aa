using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Holds a claim for longer, from now on.</summary>
public sealed record RenewClaimRequest : IOperationRequest
{
    /// <summary>
    /// The id of the claim, `clm_…`, as the claim answered it. One that is not held any more is a 409
    /// `store.lease_lost`.
    /// </summary>
    [InPath]
    public required string ClaimId { get; init; }

    /// <summary>Seconds from now until the claim ends: from 1 to 604800 (7 days).</summary>
    [Range(1, ClaimRequest.MaxLeaseSeconds)]
    public required long LeaseSeconds { get; init; }
}
