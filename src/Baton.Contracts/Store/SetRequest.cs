using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>What writing a record needs, wherever it is.</summary>
public abstract record SetRequest : RecordRequest
{
    /// <summary>The value as JSON.</summary>
    [InBody(ContentType = "application/json")]
    [JsonIgnore]
    public byte[]? Json { get; init; }

    /// <summary>Any JSON value, `null` too; kept byte for byte.</summary>
    [NotInHttp]
    public required JsonElement Value { get; init; }

    /// <summary>Seconds until the record ends; without it, never.</summary>
    [InQuery]
    [Range(1, RequestLimits.MaxTtlSeconds)]
    public long? Ttl { get; init; }

    /// <summary>A JSON object whose members replace those of the record's metadata; null takes one away.</summary>
    [InQuery]
    public JsonElement? Metadata { get; init; }
}
