using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>Creates a stream: agents append to it and read it.</summary>
public sealed record CreateStreamRequest : IOperationRequest
{
    /// <summary>The most entries to which a stream can be bounded; the least is 1.</summary>
    public const int MaxMaxEntries = 10_000_000;

    /// <summary>
    /// The name: 1 to 128 of A-Z a-z 0-9 . _ -, not only dots, and it must not begin like an id (str_, key_, …). A name
    /// that another stream of the workspace has is a 409 `stream.exists`, unless `create_if_missing` is true.
    /// </summary>
    [NameForm]
    public required string Name { get; init; }

    /// <summary>
    /// Seconds until the stream ends with all its entries, from 1 to 315360000 (ten years). Null: it does not end.
    /// </summary>
    [Range(1, RequestLimits.MaxTtlSeconds)]
    public long? Ttl { get; init; }

    /// <summary>Whether discovery shows the stream. Null: false.</summary>
    public bool? Discoverable { get; init; }

    /// <summary>
    /// Whether a stream of this name that exists is answered, with 200, and not refused. False by default.
    /// </summary>
    public bool CreateIfMissing { get; init; }

    /// <summary>
    /// The most entries that the stream holds, from 1 to 10000000. Null: it is bounded by the workspace's bytes alone.
    /// </summary>
    [Range(1, MaxMaxEntries)]
    public long? MaxEntries { get; init; }

    /// <summary>
    /// What an append to a full stream does. `reject`, the default: it is a 409 `stream.full`. `prune`: the oldest
    /// entries go. Only together with `max_entries`.
    /// </summary>
    [AllowedValues("reject", "prune")]
    public string? Overflow { get; init; }

    /// <summary>
    /// Seconds for which each entry is kept, from 1 to 315360000 (ten years). Null: for as long as the stream.
    /// </summary>
    [Range(1, RequestLimits.MaxTtlSeconds)]
    public long? RetentionSeconds { get; init; }

    /// <summary>
    /// Whether every read and append gives the stream its whole `ttl` again. Null: false. Only together with `ttl`.
    /// </summary>
    public bool? RenewOnAccess { get; init; }

    /// <summary>
    /// The id of the version of a schema, `sch_…`, that the `data` of every entry must fit. It cannot be changed later.
    /// Null: none. One that does not exist is a 404 `schema.not_found`.
    /// </summary>
    [SchemaIdForm]
    public string? SchemaId { get; init; }

    /// <summary>The name of a stash that the stream is about. The stash need not exist. Null: none.</summary>
    [NameForm]
    public string? LinkedStash { get; init; }
}
