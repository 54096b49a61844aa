using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baton.Contracts.Store;

/// <summary>A record in a list.</summary>
public sealed record RecordItem
{
    /// <summary>The key of the record.</summary>
    public required string Key { get; init; }

    /// <summary>The version of the record.</summary>
    public required long Version { get; init; }

    /// <summary>The bytes of the value.</summary>
    public required long Size { get; init; }

    /// <summary>When the record was last written.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The agent that last wrote it, or the key where no agent was named.</summary>
    public required string UpdatedBy { get; init; }

    /// <summary>When the record ends. Null: it does not end by itself.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The value, byte for byte. Left out with `values=false`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Value { get; init; }
}
