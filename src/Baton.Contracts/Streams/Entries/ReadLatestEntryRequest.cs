using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>Reads the newest entry of a stream, or waits for a newer one.</summary>
public sealed record ReadLatestEntryRequest : StreamEntriesRequest
{
    /// <summary>
    /// Seconds, from 0 to 60, for which an answer that would be empty or absent is held until there is one.
    /// </summary>
    [InQuery]
    [Range(0, RequestLimits.MaxWaitSeconds)]
    [DefaultValue(0)]
    public long? Wait { get; init; }
}
