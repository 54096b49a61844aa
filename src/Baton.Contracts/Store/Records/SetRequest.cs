using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>
/// What is to be written to a record. A value beyond the limit of a record is a 413 `store.too_large`.
/// </summary>
public abstract record SetRequest : RecordRequest
{
    /// <summary>The value as JSON text.</summary>
    [InBody(ContentType = "application/json")]
    [JsonIgnore]
    public byte[]? Json { get; init; }

    /// <summary>The value: any JSON, `null` too. It is kept byte for byte.</summary>
    [NotInHttp]
    public required JsonElement Value { get; init; }

    /// <summary>
    /// Seconds until the record ends, from 1 to 315360000 (ten years). Without it: it does not end, and an end that it
    /// had is gone.
    /// </summary>
    [InQuery]
    [Range(1, RequestLimits.MaxTtlSeconds)]
    public long? Ttl { get; init; }

    /// <summary>
    /// A JSON object whose members replace those of the same name in the record's metadata; null takes one away. The
    /// result has at most 4096 bytes. Without it: the metadata stays.
    /// </summary>
    [InQuery]
    public JsonElement? Metadata { get; init; }
}
