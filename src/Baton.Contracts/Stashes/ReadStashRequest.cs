using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Stashes;

/// <summary>Reads a stash, waits for it, or follows it.</summary>
public sealed record ReadStashRequest : StashReadRequest
{
    /// <summary>
    /// A version that is kept, from 1; another one is a 404 `stash.version_not_found`. Without it: the newest.
    /// </summary>
    [InQuery]
    [AtLeast(1)]
    public long? Version { get; init; }

    /// <summary>
    /// With `wait`: what is waited for is a version after this one, or that the stash is deleted after it, which is a
    /// 404.
    /// </summary>
    [InQuery]
    [AtLeast(0)]
    public long? AfterVersion { get; init; }

    /// <summary>
    /// Seconds, from 0 to 60, for which an answer that would be empty or absent is held until there is one.
    /// </summary>
    [InQuery]
    [Range(0, RequestLimits.MaxWaitSeconds)]
    [DefaultValue(0)]
    public long? Wait { get; init; }

    /// <summary>
    /// For event streams: the seq of the commit after which to begin, or `now`. A seq that is beyond the newest commit
    /// is a 409 `cursor.ahead`.
    /// </summary>
    [InQuery]
    [SeqForm]
    public string? After { get; init; }
}
