using System.Text.Json;

namespace Baton.Contracts.Store;

/// <summary>A record without its value: the answer to writing it.</summary>
public record RecordInfo : Committed
{
    /// <summary>The key, which is unique in the namespace.</summary>
    public required string Key { get; init; }

    /// <summary>The version, from 1, which grows by 1 with every write, and goes on after a deletion.</summary>
    public required long Version { get; init; }

    /// <summary>The bytes of the value, as it was sent.</summary>
    public required long Size { get; init; }

    /// <summary>The metadata: a JSON object, merged from those that the writes brought. Null: there is none.</summary>
    public required JsonElement? Metadata { get; init; }

    /// <summary>When the record was made, or made anew after a deletion.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent that made it, or the key where no agent was named.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When the record was last written.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The agent that last wrote it, or the key where no agent was named.</summary>
    public required string UpdatedBy { get; init; }

    /// <summary>When the record ends. Null: it does not end by itself.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }
}
