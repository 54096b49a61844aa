using Baton.Contracts.Requests;

namespace Baton.Contracts.Stashes;

/// <summary>What reads of one stash have in common.</summary>
public abstract record StashReadRequest : IReadRequest
{
    /// <summary>
    /// The stash's name: 1 to 128 of A-Z a-z 0-9 . _ -, not only dots, and it must not begin like an id (str_, key_,
    /// …). A stash that does not exist is a 404 `stash.not_found`.
    /// </summary>
    [InPath]
    [NameForm]
    public required string Name { get; init; }
}
