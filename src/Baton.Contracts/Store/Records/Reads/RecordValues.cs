using System.Text.Json;

namespace Baton.Contracts.Store;

/// <summary>The values of many records, as of one moment.</summary>
public sealed record RecordValues
{
    /// <summary>The values by key, byte for byte.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Values { get; init; }

    /// <summary>The keys that were asked for and do not exist.</summary>
    public required IReadOnlyList<string> Missing { get; init; }
}
