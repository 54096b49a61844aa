using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;
using Baton.Contracts.Transactions;

namespace Baton.Contracts.Store;

/// <summary>What operations on one record have in common.</summary>
public abstract record RecordOperation : TransactionOperation
{
    /// <summary>The key: 1 to 512 bytes of UTF-8 without control characters.</summary>
    [JsonPropertyOrder(-1)]
    public required string Key { get; init; }

    /// <summary>Only if it has this version; 0: only if it is absent. Null: whatever it has.</summary>
    [JsonPropertyOrder(100)]
    public long? IfVersion { get; init; }
}

/// <summary>What writing a record needs, wherever it is.</summary>
public abstract record SetOperation : RecordOperation
{
    /// <summary>Any JSON value, `null` too; kept byte for byte.</summary>
    public required JsonElement Value { get; init; }

    /// <summary>Seconds until the record ends; null: never.</summary>
    [Range(1, 315_360_000)]
    public long? Ttl { get; init; }

    /// <summary>A JSON object whose members replace those of the record's metadata; null takes one away.</summary>
    public JsonElement? Metadata { get; init; }
}

/// <summary>Writes a record, creating it if it is absent.</summary>
public sealed record SetRecordOperation : SetOperation
{
    /// <summary>The namespace; null: `default`.</summary>
    [JsonPropertyOrder(-1)]
    public string? Namespace { get; init; }
}

/// <summary>Writes a record of an agent's state, creating it if it is absent.</summary>
public sealed record SetStateOperation : SetOperation
{
    /// <summary>The agent.</summary>
    [JsonPropertyOrder(-1)]
    [RegularExpression(WirePatterns.Name)]
    public required string AgentId { get; init; }
}

/// <summary>What changing a record in places needs, wherever it is: `merge`, or one or more of the others.</summary>
public abstract record PatchOperation : RecordOperation
{
    /// <summary>A merge patch (RFC 7396).</summary>
    public JsonElement? Merge { get; init; }

    /// <summary>Values to put, by JSON pointer.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }

    /// <summary>Numbers to add, by JSON pointer, exactly; what is absent counts as 0.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Increment { get; init; }

    /// <summary>Items to append to arrays, by JSON pointer; what is absent counts as an empty array.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Append { get; init; }

    /// <summary>What an absent record begins as; without it an absent record is a 404.</summary>
    public JsonElement? Init { get; init; }
}

/// <summary>Changes a record in places and answers all of it.</summary>
public sealed record PatchRecordOperation : PatchOperation
{
    /// <summary>The namespace; null: `default`.</summary>
    [JsonPropertyOrder(-1)]
    public string? Namespace { get; init; }
}

/// <summary>Changes a record of an agent's state in places and answers all of it.</summary>
public sealed record PatchStateOperation : PatchOperation
{
    /// <summary>The agent.</summary>
    [JsonPropertyOrder(-1)]
    [RegularExpression(WirePatterns.Name)]
    public required string AgentId { get; init; }
}

/// <summary>Deletes a record.</summary>
public sealed record DeleteRecordOperation : RecordOperation
{
    /// <summary>The namespace; null: `default`.</summary>
    [JsonPropertyOrder(-1)]
    public string? Namespace { get; init; }
}

/// <summary>Deletes a record of an agent's state.</summary>
public sealed record DeleteStateOperation : RecordOperation
{
    /// <summary>The agent.</summary>
    [JsonPropertyOrder(-1)]
    [RegularExpression(WirePatterns.Name)]
    public required string AgentId { get; init; }
}
