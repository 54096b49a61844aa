using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Errors;

/// <summary>
/// The answer to a request that failed: a problem document (RFC 9457), sent as `application/problem+json`. Members that
/// are null are left out.
/// </summary>
public sealed record Problem
{
    /// <summary>A URI that names the kind of problem: `urn:baton:error:` and the code.</summary>
    public required string Type { get; init; }

    /// <summary>What is wrong, as a short sentence that is the same each time.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status, from 400 to 599.</summary>
    public required int Status { get; init; }

    /// <summary>What happened this time, with the value that is at fault and the limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>The name of the error in the catalogue, `area.reason`: what programs decide by.</summary>
    public required string Code { get; init; }

    /// <summary>What the caller can do.</summary>
    public required string Hint { get; init; }

    /// <summary>Whether the same request can succeed later without being changed.</summary>
    public required bool Retryable { get; init; }

    /// <summary>The id of the trace of the request (W3C Trace Context), 32 hex digits.</summary>
    [RegularExpression(WirePatterns.SixteenBytes)]
    public required string TraceId { get; init; }

    /// <summary>For wrong input: every place that is wrong, and what is wrong there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProblemItem>? Errors { get; init; }

    /// <summary>In a transaction: the index of the operation that failed, from 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Operation { get; init; }

    /// <summary>With 412 `version.mismatch`: the version that the thing has now; 0 if it is absent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? CurrentVersion { get; init; }

    /// <summary>
    /// With 409 `cursor.ahead`: the seq of the newest commit, or, of a stream, the id of its newest entry.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Head { get; init; }

    /// <summary>With 410 `stream.cursor_pruned`: the id of the oldest entry that is still kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? FirstEntry { get; init; }
}
