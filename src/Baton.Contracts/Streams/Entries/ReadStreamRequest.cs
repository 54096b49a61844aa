using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>Reads the entries of a stream, waits for what comes, or follows it.</summary>
public sealed record ReadStreamRequest : StreamEntriesRequest
{
    /// <summary>
    /// Begins behind the cursor of this consumer, which PUT /stream/{id}/cursors/{consumer} sets; it does not go with
    /// `after`. An event stream that is resumed by `Last-Event-ID` begins behind that instead.
    /// </summary>
    [InQuery]
    [NameForm]
    public string? Consumer { get; init; }

    /// <summary>The most entries of the page, from 1 to 1000.</summary>
    [InQuery]
    [Range(1, PageRequest.MaxLimit)]
    [DefaultValue(PageRequest.DefaultLimit)]
    public long? Limit { get; init; }

    /// <summary>
    /// Seconds, from 0 to 60, for which an answer that would be empty or absent is held until there is one.
    /// </summary>
    [InQuery]
    [Range(0, RequestLimits.MaxWaitSeconds)]
    [DefaultValue(0)]
    public long? Wait { get; init; }
}
