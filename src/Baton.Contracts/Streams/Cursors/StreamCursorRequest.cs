using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>What requests about one consumer's cursor have in common.</summary>
public abstract record StreamCursorRequest : StreamRequest
{
    /// <summary>
    /// The consumer's name: 1 to 128 of A-Z a-z 0-9 . _ -, not only dots, and it must not begin like an id (str_, key_,
    /// …).
    /// </summary>
    [InPath]
    [NameForm]
    public required string Consumer { get; init; }
}
