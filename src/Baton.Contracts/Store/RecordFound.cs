using System.Text.Json;

namespace Baton.Contracts.Store;

/// <summary>A record in which a text was found.</summary>
public sealed record RecordFound
{
    /// <summary>Where it is.</summary>
    public required string Namespace { get; init; }

    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>Its version.</summary>
    public required long Version { get; init; }

    /// <summary>Its value, byte for byte.</summary>
    public required JsonElement Value { get; init; }
}
