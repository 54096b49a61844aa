using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Reads a record, waits for it, or follows it.</summary>
public abstract record RecordReadRequest : IReadRequest
{
    /// <summary>The key of the record: 1 to 512 bytes of UTF-8 without control characters.</summary>
    [InPath]
    [KeyForm]
    public required string Key { get; init; }

    /// <summary>The whole record: key, value, version, metadata, who and when, salt.</summary>
    [InQuery]
    public bool? Full { get; init; }

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
