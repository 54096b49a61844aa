using System.Text.Json;

namespace Baton.Contracts.Store;

/// <summary>A record in which a text was found.</summary>
public sealed record RecordFound
{
    /// <summary>The namespace of the record.</summary>
    public required string Namespace { get; init; }

    /// <summary>The key of the record.</summary>
    public required string Key { get; init; }

    /// <summary>The version of the record.</summary>
    public required long Version { get; init; }

    /// <summary>The value of the record, byte for byte.</summary>
    public required JsonElement Value { get; init; }
}
