using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Store;

/// <summary>What is known of a record besides its value: the answer to writing it.</summary>
public record RecordInfo : Committed
{
    /// <summary>The key, unique in the namespace.</summary>
    public required string Key { get; init; }

    /// <summary>1, 2, 3 …: grows by 1 with every write, and goes on after a deletion.</summary>
    public required long Version { get; init; }

    /// <summary>Bytes of the value, as it was written.</summary>
    public required long Size { get; init; }

    /// <summary>A JSON object, merged from those that writes brought; null for none.</summary>
    public required JsonElement? Metadata { get; init; }

    /// <summary>When it was created, or re-created after a deletion.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent that created it, or the key where no agent was named.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was last written.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The agent that last wrote it, or the key where no agent was named.</summary>
    public required string UpdatedBy { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A whole record.</summary>
public sealed record StoredRecord : RecordInfo
{
    /// <summary>
    /// Any JSON value, `null` too, byte for byte as it was written. Left out only where an answer of more than 64 KiB
    /// is given again for its Idempotency-Key.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(ExactJsonConverter))]
    [JsonPropertyOrder(90)]
    public JsonElement? Value { get; init; }

    /// <summary>Who works on it now; left out where nobody does, and in answers to changes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RecordClaim? Claim { get; init; }

    /// <summary>The salt of the ledger's commitment, 32 hex digits: commitment = SHA-256(salt ‖ value).</summary>
    [RegularExpression(WirePatterns.SixteenBytes)]
    [JsonPropertyOrder(91)]
    public required string Salt { get; init; }
}

/// <summary>A record in a list.</summary>
public sealed record RecordItem
{
    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>Its version.</summary>
    public required long Version { get; init; }

    /// <summary>Bytes of the value.</summary>
    public required long Size { get; init; }

    /// <summary>When it was last written.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The agent that last wrote it, or the key where no agent was named.</summary>
    public required string UpdatedBy { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The value, byte for byte; left out with `values=false`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Value { get; init; }
}

/// <summary>A namespace, or with state an agent, in a list.</summary>
public sealed record NamespaceInfo
{
    /// <summary>Its name.</summary>
    public required string Namespace { get; init; }

    /// <summary>Records in it.</summary>
    public required long Records { get; init; }

    /// <summary>Bytes of their values.</summary>
    public required long Bytes { get; init; }

    /// <summary>When anything in it was last written, deleted or cleared.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>The body of `PATCH /store/{namespace}/{key}` as JSON: changes at JSON pointers (RFC 6901).</summary>
public sealed record PatchRecordRequest
{
    /// <summary>
    /// Numbers to add, by pointer, exactly: as decimals, never rounded. A member that is absent counts as 0; what is no
    /// number is a 409.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Increment { get; init; }

    /// <summary>
    /// Items to append to arrays, by pointer. A member that is absent counts as an empty array; what is no array is a
    /// 409.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Append { get; init; }

    /// <summary>
    /// Values to put, by pointer: a member of an object, new or not; an item of an array that is there.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }

    /// <summary>What an absent record begins as, before the changes; without it an absent record is a 404.</summary>
    public JsonElement? Init { get; init; }
}

/// <summary>The body of `POST /store/{namespace}`: all of it or nothing, at most 1 000 keys.</summary>
public sealed record SetRecordsRequest
{
    /// <summary>Values by key.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }

    /// <summary>Keys to delete; those that are absent are told in `missing`.</summary>
    public IReadOnlyList<string>? Delete { get; init; }

    /// <summary>A JSON object, merged into the metadata of every record that is set.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Seconds until the records that are set end; without it, never.</summary>
    [Range(1, 315_360_000)]
    public long? Ttl { get; init; }
}

/// <summary>The answer to `POST /store/{namespace}`.</summary>
public sealed record RecordsSet : Committed
{
    /// <summary>What was done, in this order: first what was deleted, then what was set.</summary>
    public required IReadOnlyList<RecordVersion> Items { get; init; }

    /// <summary>Keys to delete that were absent.</summary>
    public required IReadOnlyList<string> Missing { get; init; }
}

/// <summary>A record that a bulk write changed.</summary>
/// <param name="Key">The key.</param>
/// <param name="Op">`set` or `delete`.</param>
/// <param name="Version">The version that the change made.</param>
public sealed record RecordVersion(
    string Key, [property: AllowedValues("set", "delete")] string Op, long Version);

/// <summary>The body of `POST /store/{namespace}/get`.</summary>
public sealed record GetRecordsRequest
{
    /// <summary>1 to 1 000 keys.</summary>
    public required IReadOnlyList<string> Keys { get; init; }
}

/// <summary>The answer to `POST /store/{namespace}/get`: all as of one moment.</summary>
public sealed record RecordValues
{
    /// <summary>Values by key, byte for byte.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Values { get; init; }

    /// <summary>Keys that are absent.</summary>
    public required IReadOnlyList<string> Missing { get; init; }
}

/// <summary>The answer to `POST /store/{namespace}/clear`.</summary>
public sealed record NamespaceCleared : Committed
{
    /// <summary>Records that were there.</summary>
    public required long Deleted { get; init; }
}

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
