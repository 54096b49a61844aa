using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>Waits until a stream holds so many entries, and answers the first of them.</summary>
public sealed record JoinStreamRequest : StreamEntriesRequest
{
    /// <summary>The seconds of a wait where the request names no timeout.</summary>
    public const int DefaultTimeoutSeconds = RequestLimits.MaxWaitSeconds;

    /// <summary>The most characters of the pointer by which entries are told apart; the least is 1.</summary>
    public const int MaxDistinctLength = 512;

    /// <summary>How many entries to wait for, from 1 to 1000. It must be given.</summary>
    [InQuery]
    [Range(1, PageRequest.MaxLimit)]
    public required long Count { get; init; }

    /// <summary>Seconds, from 0 to 60, for which to wait for the entries.</summary>
    [InQuery]
    [Range(0, RequestLimits.MaxWaitSeconds)]
    [DefaultValue(DefaultTimeoutSeconds)]
    public long? Timeout { get; init; }

    /// <summary>
    /// A JSON pointer into `data`, such as `/agent`, of 1 to 512 characters: only the first entry for each value there
    /// counts. Without it: all entries count.
    /// </summary>
    [InQuery]
    [StringLength(MaxDistinctLength, MinimumLength = 1)]
    [DistinctForm]
    public string? Distinct { get; init; }
}
