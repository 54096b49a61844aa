using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Gives a claimed record back, for others to claim.</summary>
public sealed record ReleaseClaimRequest : IOperationRequest
{
    /// <summary>The claim's id.</summary>
    [InPath]
    public required string ClaimId { get; init; }
}
