using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Events;

/// <summary>Replays and follows everything that was done and refused in the workspace.</summary>
public sealed record ReadEventsRequest : IReadRequest
{
    /// <summary>The most characters of a filter; the least is 1.</summary>
    public const int MaxGlobLength = 1024;

    /// <summary>
    /// The seq of the commit after which to begin, or `now` for the newest; without it 0. A seq that is beyond the
    /// newest commit is a 409 `cursor.ahead`.
    /// </summary>
    [InQuery]
    [SeqForm]
    public string? After { get; init; }

    /// <summary>
    /// Only entries about these things are shown: 1 to 1024 characters, of which `*` is a wildcard that crosses `/`, at
    /// most 8 times.
    /// </summary>
    [InQuery]
    [StringLength(MaxGlobLength, MinimumLength = 1)]
    public string? Resource { get; init; }

    /// <summary>
    /// Only entries of these actions are shown: 1 to 1024 characters, of which `*` is a wildcard, at most 8 times.
    /// </summary>
    [InQuery]
    [StringLength(MaxGlobLength, MinimumLength = 1)]
    public string? Action { get; init; }

    /// <summary>Only entries of this agent are shown.</summary>
    [InQuery]
    public string? AgentId { get; init; }

    /// <summary>The most items of the page, from 1 to 1000; a commit that has begun is shown to its end.</summary>
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
