using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Errors;

/// <summary>An RFC 9457 problem document as Baton answers it (`application/problem+json`).</summary>
public sealed record Problem
{
    /// <summary>A URI that names the kind of problem: `urn:baton:error:` and the code.</summary>
    public required string Type { get; init; }

    /// <summary>The catalogue's title.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What happened this time, naming the offending value and the limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>The catalogue's code; decide by it.</summary>
    public required string Code { get; init; }

    /// <summary>What the caller can do.</summary>
    public required string Hint { get; init; }

    /// <summary>Whether the same request can succeed later without being changed.</summary>
    public required bool Retryable { get; init; }

    /// <summary>The W3C trace id of the request, 32 hex digits.</summary>
    [RegularExpression(WirePatterns.SixteenBytes)]
    public required string TraceId { get; init; }

    /// <summary>For errors of input: every place that is wrong.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProblemItem>? Errors { get; init; }

    /// <summary>In a transaction: the place of the operation that failed, from 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Operation { get; init; }

    /// <summary>With 412: the version now, 0 when absent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? CurrentVersion { get; init; }

    /// <summary>With 409 `cursor.ahead`: the newest commit; of a stream, its newest entry.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Head { get; init; }

    /// <summary>With 410 `stream.cursor_pruned`: the oldest entry that is still there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? FirstEntry { get; init; }
}
