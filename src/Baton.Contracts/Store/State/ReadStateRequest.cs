using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Reads a record of an agent's state, waits for it, or follows it.</summary>
public sealed record ReadStateRequest : RecordReadRequest, IStateRequest
{
    /// <summary>
    /// The agent whose state it is: 1 to 128 of A-Z a-z 0-9 . _ -, not only dots, and it must not begin like an id
    /// (str_, key_, …).
    /// </summary>
    [InPath]
    [NameForm]
    public required string AgentId { get; init; }
}
