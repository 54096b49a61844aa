using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Stashes;

/// <summary>What requests that write content have in common.</summary>
public abstract record StashWriteRequest : StashRequest
{
    /// <summary>The model that made the content, kept with the version; without it, none.</summary>
    [InHeader("Baton-Model")]
    [StringLength(RequestLimits.MaxModelLength, MinimumLength = 1)]
    [VisibleAscii]
    [JsonPropertyOrder(90)]
    public string? Model { get; init; }

    /// <summary>
    /// What it was made of, at most 64: `stash:research@3, store:files:repo/a.py`. Without a version: that at commit.
    /// </summary>
    [InHeader("Baton-Sources")]
    [JsonPropertyOrder(91)]
    public IReadOnlyList<string>? Sources { get; init; }
}
