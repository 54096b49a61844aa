using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Claims the oldest records that match, each for one caller at a time.</summary>
public sealed record ClaimRequest : IOperationRequest, INamespaceRequest
{
    /// <summary>
    /// The most seconds for which a claim can be held without being renewed (7 days); the least is 1.
    /// </summary>
    public const int MaxLeaseSeconds = 7 * 24 * 3600;

    /// <summary>The most records of one claim; the least is 1.</summary>
    public const int MaxLimit = 100;

    /// <summary>
    /// The namespace: 1 to 512 bytes of UTF-8 without control characters, not `.` or `..` alone. Null: `default`.
    /// </summary>
    [InPath]
    [NamespaceForm]
    public string? Namespace { get; init; }


    /// <summary>Only records whose keys begin with this text of at most 512 bytes. Null: all.</summary>
    public string? Prefix { get; init; }

    /// <summary>
    /// Only records that have these scalars at these JSON pointers, of which there are at most 8: `{"/status":
    /// "pending"}`. Numbers are compared by their value. Null: all.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Match { get; init; }

    /// <summary>
    /// Values to put into each record, by JSON pointer. When the claim ends without being completed, each place that
    /// still holds what was put there gets its former value back. A record that cannot take them is passed by. Null:
    /// nothing is put.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }

    /// <summary>Seconds until the claim ends, unless it is renewed: from 1 to 604800 (7 days).</summary>
    [Range(1, MaxLeaseSeconds)]
    public required long LeaseSeconds { get; init; }

    /// <summary>The most records to claim, from 1 to 100. Null: 1.</summary>
    [Range(1, MaxLimit)]
    public long? Limit { get; init; }

    /// <summary>Seconds to wait for something to claim, from 0 to 60. Null: 0.</summary>
    [Range(0, RequestLimits.MaxWaitSeconds)]
    public long? Wait { get; init; }
}
