using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Stashes;

/// <summary>What requests about one stash have in common.</summary>
public abstract record StashRequest : IConditionalRequest
{
    /// <summary>
    /// The stash's name: 1 to 128 of A-Z a-z 0-9 . _ -, not only dots, and it must not begin like an id (str_, key_,
    /// …).
    /// </summary>
    [InPath]
    [NameForm]
    [JsonPropertyOrder(-1)]
    public required string Name { get; init; }

    /// <summary>
    /// The version that the thing must have, or it is a 412 `version.mismatch`; 0: it must be absent. Null: any
    /// version, or none.
    /// </summary>
    [InConditions]
    [JsonPropertyOrder(100)]
    public long? IfVersion { get; init; }
}
