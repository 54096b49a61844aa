using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>What changing a record in places needs, wherever it is: `merge`, or one or more of the others.</summary>
public abstract record PatchRequest : RecordRequest
{
    /// <summary>A merge patch (RFC 7396) as JSON.</summary>
    [InBody(ContentType = "application/merge-patch+json")]
    [JsonIgnore]
    public byte[]? MergePatch { get; init; }

    /// <summary>A merge patch (RFC 7396).</summary>
    [NotInHttp]
    public JsonElement? Merge { get; init; }

    /// <summary>
    /// Values to put, by JSON pointer: a member of an object, new or not; an item of an array that is there.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }

    /// <summary>
    /// Numbers to add, by JSON pointer, exactly: as decimals, never rounded. A member that is absent counts as 0; what
    /// is no number is a 409.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Increment { get; init; }

    /// <summary>
    /// Items to append to arrays, by JSON pointer. A member that is absent counts as an empty array; what is no array
    /// is a 409.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Append { get; init; }

    /// <summary>What an absent record begins as, before the changes; without it an absent record is a 404.</summary>
    public JsonElement? Init { get; init; }
}
