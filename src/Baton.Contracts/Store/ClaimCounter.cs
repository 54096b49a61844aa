using System.Text.Json;

namespace Baton.Contracts.Store;

/// <summary>A number in another record.</summary>
public sealed record ClaimCounter
{
    /// <summary>The record's key. It must be there.</summary>
    public required string Key { get; init; }

    /// <summary>Where in it, as a JSON pointer; what is absent there counts as 0.</summary>
    public required string Pointer { get; init; }

    /// <summary>The number to add.</summary>
    public required JsonElement By { get; init; }
}
