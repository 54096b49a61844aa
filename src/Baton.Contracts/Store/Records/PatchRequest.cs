using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>
/// What is to be changed in a record: `merge` alone, or one or more of `set`, `increment` and `append`, at most 1000
/// pointers together, which are applied in this order.
/// </summary>
public abstract record PatchRequest : RecordRequest
{
    /// <summary>A merge patch (RFC 7396) as JSON text.</summary>
    [InBody(ContentType = "application/merge-patch+json")]
    [JsonIgnore]
    public byte[]? MergePatch { get; init; }

    /// <summary>A merge patch (RFC 7396). It goes with none of the other changes.</summary>
    [NotInHttp]
    public JsonElement? Merge { get; init; }

    /// <summary>
    /// Values to put, by JSON pointer (RFC 6901). A member of an object may be new; an item of an array must exist, and
    /// `-` appends one. A pointer that leads nowhere is a 409 `store.type_mismatch`.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }

    /// <summary>
    /// Numbers to add, by JSON pointer. They are added as decimals, without rounding. A member that is absent counts as
    /// 0; what is not a number is a 409 `store.type_mismatch`.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Increment { get; init; }

    /// <summary>
    /// Items to append to arrays, by JSON pointer. A member that is absent counts as an empty array; what is not an
    /// array is a 409 `store.type_mismatch`.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Append { get; init; }

    /// <summary>
    /// The value with which a record begins that does not exist, before it is changed. Without it such a record is a
    /// 404 `store.not_found`.
    /// </summary>
    public JsonElement? Init { get; init; }
}
