using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Stashes;

/// <summary>What requests that write content have in common.</summary>
public abstract record StashWriteRequest : StashRequest
{
    /// <summary>
    /// The model that made the content, in 1 to 128 visible ASCII characters and spaces. It is kept with the version.
    /// Without it: none is named.
    /// </summary>
    [InHeader("Baton-Model")]
    [StringLength(RequestLimits.MaxModelLength, MinimumLength = 1)]
    [VisibleAscii]
    [JsonPropertyOrder(90)]
    public string? Model { get; init; }

    /// <summary>
    /// What the content was made of, at most 64 things: `stash:research@3`, `store:files:repo/a.py`. Without a version
    /// the one at the commit is meant. A source that does not exist is a 422 `lineage.unknown_source`.
    /// </summary>
    [InHeader("Baton-Sources")]
    [JsonPropertyOrder(91)]
    public IReadOnlyList<string>? Sources { get; init; }
}
