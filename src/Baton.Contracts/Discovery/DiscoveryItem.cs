using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Discovery;

/// <summary>
/// A thing that an agent can find without knowing its name. Members that things of its type do not have, or that are
/// null, are left out.
/// </summary>
public sealed record DiscoveryItem
{
    /// <summary>The type of the thing: the first word of its resource.</summary>
    [DeclaredValues(DeclaredValues.DiscoverableTypes)]
    public required string Type { get; init; }

    /// <summary>The name of the thing. With the type it says where to read it: `/stash/{name}`.</summary>
    public required string Name { get; init; }

    /// <summary>The id of a stream, or of a schema's newest version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>What the thing is for, in the words of who made it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get; init; }

    /// <summary>The newest version of a stash or of a schema.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Version { get; init; }

    /// <summary>The content type of a stash, as it was written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ContentType { get; init; }

    /// <summary>The id of the version of a schema that what is stored there fits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SchemaId { get; init; }

    /// <summary>What can be bound to a schema.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TargetType { get; init; }

    /// <summary>The name of the stash that a stream is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LinkedStash { get; init; }

    /// <summary>When the thing was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent that made it, or the key where no agent was named.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When the thing was last written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When the thing ends by itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ExpiresAt { get; init; }
}
