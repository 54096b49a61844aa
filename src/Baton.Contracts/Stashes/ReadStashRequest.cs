using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Stashes;

/// <summary>Reads a stash, waits for it, or follows it.</summary>
public sealed record ReadStashRequest : StashReadRequest
{
    /// <summary>A kept version; the newest by default.</summary>
    [InQuery]
    [AtLeast(1)]
    public long? Version { get; init; }

    /// <summary>
    /// With `wait`: only a version after this one is an answer, or that it was deleted after it: 404.
    /// </summary>
    [InQuery]
    [AtLeast(0)]
    public long? AfterVersion { get; init; }

    /// <summary>Seconds to hold an answer that would be empty or absent.</summary>
    [InQuery]
    [Range(0, RequestLimits.MaxWaitSeconds)]
    [DefaultValue(0)]
    public long? Wait { get; init; }

    /// <summary>For event streams: the seq after which to begin, or `now`.</summary>
    [InQuery]
    [SeqForm]
    public string? After { get; init; }
}
