using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>Creates a stream.</summary>
public sealed record CreateStreamRequest : IOperationRequest
{
    /// <summary>Entries that a stream can be bounded to, from 1.</summary>
    public const int MaxMaxEntries = 10_000_000;

    /// <summary>`[A-Za-z0-9._-]{1,128}`, unique in the workspace; must not begin like an id.</summary>
    [NameForm]
    public required string Name { get; init; }

    /// <summary>Seconds until the stream ends with all its entries, at most ten years; null for never.</summary>
    [Range(1, RequestLimits.MaxTtlSeconds)]
    public long? Ttl { get; init; }

    /// <summary>Whether discovery shows it; null is false.</summary>
    public bool? Discoverable { get; init; }

    /// <summary>A stream of this name that exists is answered, with 200, instead of refused.</summary>
    public bool CreateIfMissing { get; init; }

    /// <summary>The most entries it holds; null for no bound but the workspace's bytes.</summary>
    [Range(1, MaxMaxEntries)]
    public long? MaxEntries { get; init; }

    /// <summary>
    /// What an append to a full stream does: `reject` (409, the default) or `prune` (the oldest entries go). With
    /// `max_entries` only.
    /// </summary>
    [AllowedValues("reject", "prune")]
    public string? Overflow { get; init; }

    /// <summary>Seconds that each entry is kept, at most ten years; null for as long as the stream.</summary>
    [Range(1, RequestLimits.MaxTtlSeconds)]
    public long? RetentionSeconds { get; init; }

    /// <summary>Every read and append gives the stream its whole `ttl` again; null is false. With `ttl` only.</summary>
    public bool? RenewOnAccess { get; init; }

    /// <summary>
    /// The version of a schema, `sch_…`, that the `data` of every entry must fit; null for none. It cannot be changed.
    /// </summary>
    [SchemaIdForm]
    public string? SchemaId { get; init; }

    /// <summary>The name of a stash that the stream is about; it need not exist.</summary>
    [NameForm]
    public string? LinkedStash { get; init; }
}
