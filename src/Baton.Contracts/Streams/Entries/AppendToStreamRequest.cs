using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>
/// Appends one entry to a stream, or by HTTP several, all or none. A stream that is full and does not prune is a 409
/// `stream.full`.
/// </summary>
public sealed record AppendToStreamRequest : StreamRequest, IConditionalRequest
{
    /// <summary>The most entries of one append; the least is 1.</summary>
    public const int MaxBatch = 1000;

    /// <summary>The most characters of the label of an entry; the least is 1.</summary>
    public const int MaxLabelLength = 128;

    /// <summary>An <see cref="AppendEntry"/> as JSON, or an array of them.</summary>
    [InBody(ContentType = "application/json", ItemType = typeof(AppendEntry), MaxItems = MaxBatch)]
    [JsonIgnore]
    public byte[]? Entries { get; init; }

    /// <summary>
    /// Any JSON value, `null` too. It is kept byte for byte. A value that does not fit the schema of the stream is a
    /// 422 `schema.violation`.
    /// </summary>
    [NotInHttp]
    public required JsonElement Data { get; init; }

    /// <summary>
    /// What readers select entries by: 1 to 128 characters without control characters. Null: no label.
    /// </summary>
    [NotInHttp]
    [StringLength(MaxLabelLength, MinimumLength = 1)]
    [LabelForm]
    public string? Label { get; init; }

    /// <summary>The version that the stream must have, or it is a 412 `version.mismatch`. Null: any version.</summary>
    [InConditions]
    public long? IfVersion { get; init; }
}
