using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Streams;

/// <summary>The body of `POST /stream`.</summary>
public sealed record CreateStreamRequest
{
    /// <summary>`[A-Za-z0-9._-]{1,128}`, unique in the workspace; must not begin like an id.</summary>
    [RegularExpression(WirePatterns.Name)]
    public required string Name { get; init; }

    /// <summary>Seconds until the stream ends with all its entries, at most ten years; null for never.</summary>
    [Range(1, 315_360_000)]
    public long? Ttl { get; init; }

    /// <summary>Whether discovery shows it; null is false.</summary>
    public bool? Discoverable { get; init; }

    /// <summary>A stream of this name that exists is answered, with 200, instead of refused.</summary>
    public bool CreateIfMissing { get; init; }

    /// <summary>The most entries it holds; null for no bound but the workspace's bytes.</summary>
    [Range(1, 10_000_000)]
    public long? MaxEntries { get; init; }

    /// <summary>
    /// What an append to a full stream does: `reject` (409, the default) or `prune` (the oldest entries go). With
    /// `max_entries` only.
    /// </summary>
    [AllowedValues("reject", "prune")]
    public string? Overflow { get; init; }

    /// <summary>Seconds that each entry is kept, at most ten years; null for as long as the stream.</summary>
    [Range(1, 315_360_000)]
    public long? RetentionSeconds { get; init; }

    /// <summary>Every read and append gives the stream its whole `ttl` again; null is false. With `ttl` only.</summary>
    public bool? RenewOnAccess { get; init; }

    /// <summary>
    /// The version of a schema, `sch_…`, that the `data` of every entry must fit; null for none. It cannot be changed.
    /// </summary>
    [RegularExpression("^sch_[0-9a-z]{1,60}$")]
    public string? SchemaId { get; init; }

    /// <summary>The name of a stash that the stream is about; it need not exist.</summary>
    [RegularExpression(WirePatterns.Name)]
    public string? LinkedStash { get; init; }
}

/// <summary>A stream, without its entries.</summary>
public sealed record StreamInfo : Committed
{
    /// <summary>The id, `str_…`: an address, not a password. Never given to another stream.</summary>
    public required string StreamId { get; init; }

    /// <summary>The name, unique in the workspace.</summary>
    public required string Name { get; init; }

    /// <summary>Seconds from creation (with `renew_on_access`: from the last access) to its end; or null.</summary>
    public required long? Ttl { get; init; }

    /// <summary>Whether discovery shows it.</summary>
    public required bool Discoverable { get; init; }

    /// <summary>The most entries it holds; null for no bound.</summary>
    public required long? MaxEntries { get; init; }

    /// <summary>What an append to a full stream does: `reject` or `prune`.</summary>
    [AllowedValues("reject", "prune")]
    public required string Overflow { get; init; }

    /// <summary>Seconds that each entry is kept; null for as long as the stream.</summary>
    public required long? RetentionSeconds { get; init; }

    /// <summary>Whether every access gives it its whole `ttl` again.</summary>
    public required bool RenewOnAccess { get; init; }

    /// <summary>The schema it is bound to; null for none, or for one that is private to another.</summary>
    public required string? SchemaId { get; init; }

    /// <summary>The name of the stash that it is about; null for none.</summary>
    public required string? LinkedStash { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent that created it, or the key where no agent was named.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The oldest entry still there; the one that comes next when there is none.</summary>
    public required long FirstEntry { get; init; }

    /// <summary>The newest entry that ever was appended; 0 before the first.</summary>
    public required long LastEntry { get; init; }

    /// <summary>How many entries are there.</summary>
    public required long Entries { get; init; }

    /// <summary>1, 2, 3 …: grows by 1 with every append and every other change.</summary>
    public required long Version { get; init; }

    /// <summary>
    /// Only where `create_if_missing` found the stream: the settings in the request that it has otherwise.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Differs { get; init; }
}

/// <summary>The body of `PATCH /stream/{id}`.</summary>
public sealed record ExtendStreamRequest
{
    /// <summary>Seconds by which the stream ends later, at most ten years from now in all.</summary>
    [Range(1, 315_360_000)]
    public required long ExtraTime { get; init; }
}
