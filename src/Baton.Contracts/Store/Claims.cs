using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Baton.Contracts.Store;

/// <summary>The body of `POST /store/{namespace}/claim`.</summary>
public sealed record ClaimRequest
{
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
    [Range(1, 604_800)]
    public required long LeaseSeconds { get; init; }

    /// <summary>At most so many records, 1 to 100; null: 1.</summary>
    [Range(1, 100)]
    public long? Limit { get; init; }

    /// <summary>Seconds to wait for something to claim, at most 60; null: 0.</summary>
    [Range(0, 60)]
    public long? Wait { get; init; }
}

/// <summary>The body of `POST /claim/{claim_id}/renew`.</summary>
public sealed record RenewClaimRequest
{
    /// <summary>Seconds from now until the claim ends: 1 to 604 800.</summary>
    [Range(1, 604_800)]
    public required long LeaseSeconds { get; init; }
}

/// <summary>The body of `POST /claim/{claim_id}/complete`.</summary>
public sealed record CompleteClaimRequest
{
    /// <summary>Values to put into the record, by JSON pointer; null: it stays as it is.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }

    /// <summary>A counter of the same namespace, changed in the same commit; null: none.</summary>
    public ClaimCounter? Increment { get; init; }
}
