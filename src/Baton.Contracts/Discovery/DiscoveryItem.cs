using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Discovery;

/// <summary>Something that an agent can find without knowing its name.</summary>
/// <remarks>Members that a type does not have, or that are null, are left out.</remarks>
public sealed record DiscoveryItem
{
    /// <summary>Which type of thing it is: the first word of its resource.</summary>
    [DeclaredValues(DeclaredValues.DiscoverableTypes)]
    public required string Type { get; init; }

    /// <summary>The name; with the type it says where to read: `/stash/{name}`.</summary>
    public required string Name { get; init; }

    /// <summary>The id of a stream or of a schema's newest version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>What it is for, as its maker says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get; init; }

    /// <summary>The newest version of a stash or a schema.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Version { get; init; }

    /// <summary>Of a stash: as it was written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ContentType { get; init; }

    /// <summary>The schema that what is stored there fits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SchemaId { get; init; }

    /// <summary>Of a schema: what can be bound to it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TargetType { get; init; }

    /// <summary>Of a stream: the stash that it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LinkedStash { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent that made it, or the key where no agent was named.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was last written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When it ends.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ExpiresAt { get; init; }
}
