using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Baton.Contracts.Store;

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

/// <summary>The body of `POST /store/{namespace}/get`.</summary>
public sealed record GetRecordsRequest
{
    /// <summary>1 to 1 000 keys.</summary>
    public required IReadOnlyList<string> Keys { get; init; }
}
