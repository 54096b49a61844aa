using System.Text.Json;

namespace Baton.Contracts.Store;

/// <summary>The answer to `POST /store/{namespace}/get`: all as of one moment.</summary>
public sealed record RecordValues
{
    /// <summary>Values by key, byte for byte.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Values { get; init; }

    /// <summary>Keys that are absent.</summary>
    public required IReadOnlyList<string> Missing { get; init; }
}
