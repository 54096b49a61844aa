using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>Lets a stream end later than it would.</summary>
public sealed record ExtendStreamRequest : StreamRequest, IConditionalRequest
{
    /// <summary>Seconds by which the stream ends later, at most ten years from now in all.</summary>
    [Range(1, RequestLimits.MaxTtlSeconds)]
    public required long ExtraTime { get; init; }

    /// <summary>Only if the stream has this version. Null: whatever it has.</summary>
    [InConditions]
    public long? IfVersion { get; init; }
}
