using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Transactions;

/// <summary>Does several operations in one commit: all of them, or none.</summary>
public sealed record TransactionRequest : IOperationRequest
{
    /// <summary>1 to 100 operations, decided in this order; each sees what those before it did.</summary>
    [Length(1, MaxOperations)]
    public required IReadOnlyList<JsonElement> Operations { get; init; }

    /// <summary>More operations are refused.</summary>
    public const int MaxOperations = 100;
}
