using System.Text.Json;

namespace Baton.Contracts.Store;

/// <summary>What is known of a record besides its value: the answer to writing it.</summary>
public record RecordInfo : Committed
{
    /// <summary>The key, unique in the namespace.</summary>
    public required string Key { get; init; }

    /// <summary>1, 2, 3 …: grows by 1 with every write, and goes on after a deletion.</summary>
    public required long Version { get; init; }

    /// <summary>Bytes of the value, as it was written.</summary>
    public required long Size { get; init; }

    /// <summary>A JSON object, merged from those that writes brought; null for none.</summary>
    public required JsonElement? Metadata { get; init; }

    /// <summary>When it was created, or re-created after a deletion.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent that created it, or the key where no agent was named.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was last written.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The agent that last wrote it, or the key where no agent was named.</summary>
    public required string UpdatedBy { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }
}
