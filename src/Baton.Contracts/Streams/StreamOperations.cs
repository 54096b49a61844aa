using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Baton.Contracts.Transactions;

namespace Baton.Contracts.Streams;

/// <summary>Appends one entry to a stream.</summary>
public sealed record AppendToStreamOperation : TransactionOperation
{
    /// <summary>The stream's id or name.</summary>
    public required string Stream { get; init; }

    /// <summary>Any JSON value, `null` too; kept byte for byte.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>What readers select by: 1 to 128 characters without controls; null for none.</summary>
    [StringLength(128, MinimumLength = 1)]
    public string? Label { get; init; }

    /// <summary>Only if the stream has this version. Null: whatever it has.</summary>
    public long? IfVersion { get; init; }
}
