using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>What writing many records needs, wherever they are: all of it or nothing, at most 1 000 keys.</summary>
public abstract record SetManyRequest : IOperationRequest
{
    /// <summary>Values by key.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }

    /// <summary>Keys to delete; those that are absent are told in `missing`.</summary>
    public IReadOnlyList<string>? Delete { get; init; }

    /// <summary>A JSON object, merged into the metadata of every record that is set.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Seconds until the records that are set end; without it, never.</summary>
    [Range(1, RequestLimits.MaxTtlSeconds)]
    public long? Ttl { get; init; }
}
