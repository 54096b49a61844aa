using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Stashes;

/// <summary>Writes a stash, creating it if it is absent.</summary>
public sealed record PutStashRequest : StashContentRequest
{
    /// <summary>
    /// Seconds until the stash ends, from 1 to 315360000 (ten years). Without it: it does not end, and an end that it
    /// had is gone.
    /// </summary>
    [InQuery]
    [Range(1, RequestLimits.MaxTtlSeconds)]
    public long? Ttl { get; init; }

    /// <summary>Whether discovery shows the stash. Without it: as it was, and false for a new one.</summary>
    [InQuery]
    public bool? Discoverable { get; init; }

    /// <summary>
    /// The id of the version of a schema, `sch_…`, that the content must fit from now on; content that does not fit is
    /// a 422 `schema.violation`. An empty text unbinds the stash. Without it: as it was, and unbound for a new one.
    /// </summary>
    [InQuery]
    [SchemaIdForm(canBeEmpty: true)]
    public string? SchemaId { get; init; }
}
