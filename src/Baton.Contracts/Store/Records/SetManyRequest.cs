using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>
/// Sets and deletes many records in one commit, all or none: from 1 to 1000 keys in `set` and `delete` together, each
/// once.
/// </summary>
public abstract record SetManyRequest : IOperationRequest
{
    /// <summary>The values to write, by key: any JSON values, kept byte for byte. Null: none.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }

    /// <summary>
    /// The keys to delete. Those that do not exist are no failure: the answer names them in `missing`. Null: none.
    /// </summary>
    public IReadOnlyList<string>? Delete { get; init; }

    /// <summary>
    /// A JSON object that is merged into the metadata of every record that is set: its members replace those of the
    /// same name, and null takes one away. Null: the metadata stays.
    /// </summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>
    /// Seconds until the records that are set end, from 1 to 315360000 (ten years). Null: they do not end, and ends
    /// that they had are gone.
    /// </summary>
    [Range(1, RequestLimits.MaxTtlSeconds)]
    public long? Ttl { get; init; }
}
