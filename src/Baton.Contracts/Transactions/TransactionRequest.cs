using System.Text.Json;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Transactions;

/// <summary>Does several operations in one commit: all of them, or none.</summary>
public sealed record TransactionRequest : IOperationRequest
{
    /// <summary>
    /// The operations, from 1 to 100, which are decided in this order. Each sees what those before it did. Each is an
    /// object with the operation's name as `op` and the members of its request. The first that fails is the failure of
    /// all, and `operation` in the answer tells its place.
    /// </summary>
    [ItemCount(1, MaxOperations)]
    public required IReadOnlyList<JsonElement> Operations { get; init; }

    /// <summary>The most operations of a transaction; the least is 1.</summary>
    public const int MaxOperations = 100;
}
