using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>Appends one entry to a stream.</summary>
public sealed record AppendToStreamRequest : StreamRequest, IConditionalRequest
{
    /// <summary>Entries of one append, from 1.</summary>
    public const int MaxBatch = 1000;

    /// <summary>Characters of the label of an entry, from 1.</summary>
    public const int MaxLabelLength = 128;

    /// <summary>An <see cref="AppendEntry"/> as JSON, or an array of them.</summary>
    [InBody(ContentType = "application/json", ItemType = typeof(AppendEntry), MaxItems = MaxBatch)]
    [JsonIgnore]
    public byte[]? Entries { get; init; }

    /// <summary>Any JSON value, `null` too; kept byte for byte.</summary>
    [NotInHttp]
    public required JsonElement Data { get; init; }

    /// <summary>What readers select by: 1 to 128 characters without controls; null for none.</summary>
    [NotInHttp]
    [StringLength(MaxLabelLength, MinimumLength = 1)]
    [LabelForm]
    public string? Label { get; init; }

    /// <summary>Only if the stream has this version. Null: whatever it has.</summary>
    [InConditions]
    public long? IfVersion { get; init; }
}
