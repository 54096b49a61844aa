using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Baton.Contracts.Streams;

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
