using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Holds a claim for longer, from now on.</summary>
public sealed record RenewClaimRequest : IOperationRequest
{
    /// <summary>The claim's id.</summary>
    [InPath]
    public required string ClaimId { get; init; }

    /// <summary>Seconds from now until the claim ends: 1 to 604 800.</summary>
    [Range(1, ClaimRequest.MaxLeaseSeconds)]
    public required long LeaseSeconds { get; init; }
}
