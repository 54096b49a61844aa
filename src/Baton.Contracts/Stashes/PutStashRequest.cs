using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Stashes;

/// <summary>Writes a stash, creating it if it is absent.</summary>
public sealed record PutStashRequest : StashContentRequest
{
    /// <summary>Seconds until the stash ends; without it, never.</summary>
    [InQuery]
    [Range(1, RequestLimits.MaxTtlSeconds)]
    public long? Ttl { get; init; }

    /// <summary>Whether discovery shows it; stays until changed, false at first.</summary>
    [InQuery]
    public bool? Discoverable { get; init; }

    /// <summary>
    /// Binds the stash to a schema, `sch_…`, that the content must fit; stays until changed. Empty: unbinds it.
    /// </summary>
    [InQuery]
    [SchemaIdForm(canBeEmpty: true)]
    public string? SchemaId { get; init; }
}
