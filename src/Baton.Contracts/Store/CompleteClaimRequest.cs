using System.Text.Json;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Ends a claim with its work done.</summary>
public sealed record CompleteClaimRequest : IOperationRequest
{
    /// <summary>The claim's id.</summary>
    [InPath]
    public required string ClaimId { get; init; }

    /// <summary>Values to put into the record, by JSON pointer; null: it stays as it is.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }

    /// <summary>A counter of the same namespace, changed in the same commit; null: none.</summary>
    public ClaimCounter? Increment { get; init; }
}
