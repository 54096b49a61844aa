using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Baton.Contracts.Streams;

/// <summary>A stream, without its entries.</summary>
public sealed record StreamInfo : Committed
{
    /// <summary>
    /// The id of the stream, `str_…`. It is an address, not a password, and is never given to another stream.
    /// </summary>
    public required string StreamId { get; init; }

    /// <summary>The name, which is unique in the workspace.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Seconds from when the stream was created, or with `renew_on_access` from the last access, to its end. Null: it
    /// does not end by itself.
    /// </summary>
    public required long? Ttl { get; init; }

    /// <summary>Whether discovery shows the stream.</summary>
    public required bool Discoverable { get; init; }

    /// <summary>The most entries that the stream holds. Null: it is bounded by the workspace's bytes alone.</summary>
    public required long? MaxEntries { get; init; }

    /// <summary>
    /// What an append to a full stream does. `reject`: it is a 409 `stream.full`. `prune`: the oldest entries go.
    /// </summary>
    [AllowedValues("reject", "prune")]
    public required string Overflow { get; init; }

    /// <summary>Seconds for which each entry is kept. Null: for as long as the stream.</summary>
    public required long? RetentionSeconds { get; init; }

    /// <summary>Whether every read and append gives the stream its whole `ttl` again.</summary>
    public required bool RenewOnAccess { get; init; }

    /// <summary>
    /// The id of the version of a schema to which the stream is bound, `sch_…`. Null: none, or one that is private to
    /// another.
    /// </summary>
    public required string? SchemaId { get; init; }

    /// <summary>The name of the stash that the stream is about. Null: none.</summary>
    public required string? LinkedStash { get; init; }

    /// <summary>When the stream was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent that created it, or the key where no agent was named.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When the stream ends. Null: it does not end by itself.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The id of the oldest entry that is kept, or where there is none, of the one that comes next.</summary>
    public required long FirstEntry { get; init; }

    /// <summary>The id of the newest entry that was ever appended; 0 before the first.</summary>
    public required long LastEntry { get; init; }

    /// <summary>How many entries are kept.</summary>
    public required long Entries { get; init; }

    /// <summary>The version, from 1, which grows by 1 with every append and every other change.</summary>
    public required long Version { get; init; }

    /// <summary>
    /// Where `create_if_missing` found the stream: the names of the settings in the request that the stream has
    /// otherwise. Left out in all other answers.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Differs { get; init; }
}
