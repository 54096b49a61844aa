using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>Lets a stream end later than it would. A stream without an end is a 409 `stream.never_expires`.</summary>
public sealed record ExtendStreamRequest : StreamRequest, IConditionalRequest
{
    /// <summary>
    /// Seconds that are added to the present end of the stream, from 1. The new end can lie at most 315360000 seconds
    /// (ten years) from now.
    /// </summary>
    [Range(1, RequestLimits.MaxTtlSeconds)]
    public required long ExtraTime { get; init; }

    /// <summary>The version that the stream must have, or it is a 412 `version.mismatch`. Null: any version.</summary>
    [InConditions]
    public long? IfVersion { get; init; }
}
