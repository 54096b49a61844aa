using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Claims the oldest records that match, each for one caller at a time.</summary>
public sealed record ClaimRequest : IOperationRequest, INamespaceRequest
{
    /// <summary>Seconds that a claim can be held for, from 1: 7 days.</summary>
    public const int MaxLeaseSeconds = 7 * 24 * 3600;

    /// <summary>Records of one claim, from 1.</summary>
    public const int MaxLimit = 100;

    /// <summary>The namespace; null: `default`.</summary>
    [InPath]
    [NamespaceForm]
    public string? Namespace { get; init; }


    /// <summary>Only keys that begin so; null: all.</summary>
    public string? Prefix { get; init; }

    /// <summary>
    /// Only records with these scalars at these JSON pointers, at most 8: `{"/status": "pending"}`. Null: all.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Match { get; init; }

    /// <summary>
    /// Values to put into each, by JSON pointer. What of it still stands when the claim ends without being completed
    /// goes back to what it was.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }

    /// <summary>Seconds until the claim ends, unless it is renewed: 1 to 604 800.</summary>
    [Range(1, MaxLeaseSeconds)]
    public required long LeaseSeconds { get; init; }

    /// <summary>At most so many records, 1 to 100; null: 1.</summary>
    [Range(1, MaxLimit)]
    public long? Limit { get; init; }

    /// <summary>Seconds to wait for something to claim, at most 60; null: 0.</summary>
    [Range(0, RequestLimits.MaxWaitSeconds)]
    public long? Wait { get; init; }
}
