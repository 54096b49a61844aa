using Baton.Contracts.Requests;

namespace Baton.Contracts.Stashes;

/// <summary>What reads of one stash have in common.</summary>
public abstract record StashReadRequest : IReadRequest
{
    /// <summary>
    /// The stash's name: 1 to 128 of A-Z a-z 0-9 . _ -, not only dots, and not begin like an id (str_, key_, …).
    /// </summary>
    [InPath]
    [NameForm]
    public required string Name { get; init; }
}
