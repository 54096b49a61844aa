using System.Text.Json;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Ends a claim with its work done.</summary>
public sealed record CompleteClaimRequest : IOperationRequest
{
    /// <summary>
    /// The id of the claim, `clm_…`, as the claim answered it. One that is not held any more is a 409
    /// `store.lease_lost`.
    /// </summary>
    [InPath]
    public required string ClaimId { get; init; }

    /// <summary>
    /// Values to put into the record, by JSON pointer, at most 1000. Null: the record keeps its value.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }

    /// <summary>A counter in a record of the same namespace, which is changed in the same commit. Null: none.</summary>
    public ClaimCounter? Increment { get; init; }
}
