using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Baton.Contracts.Transactions;

/// <summary>The body of `POST /transaction`.</summary>
public sealed record TransactionRequest
{
    /// <summary>1 to 100 operations, decided in this order; each sees what those before it did.</summary>
    [Length(1, MaxOperations)]
    public required IReadOnlyList<JsonElement> Operations { get; init; }

    /// <summary>More operations are refused.</summary>
    public const int MaxOperations = 100;
}
