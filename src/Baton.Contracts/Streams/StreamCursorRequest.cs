using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>What requests about one consumer's cursor have in common.</summary>
public abstract record StreamCursorRequest : StreamRequest
{
    /// <summary>
    /// The reader's name: 1 to 128 of A-Z a-z 0-9 . _ -, not only dots, and not begin like an id (str_, key_, …).
    /// </summary>
    [InPath]
    [NameForm]
    public required string Consumer { get; init; }
}
