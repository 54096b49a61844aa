using System.Text.Json.Serialization;

namespace Baton.Contracts.Transactions;

/// <summary>One operation of a transaction: its name and the fields of its request.</summary>
public abstract record TransactionOperation
{
    /// <summary>The operation's name.</summary>
    [JsonPropertyOrder(-1)]
    public required string Op { get; init; }
}
