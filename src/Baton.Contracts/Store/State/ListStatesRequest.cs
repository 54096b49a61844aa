using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Lists the records of an agent's state, by key; or tells their changes.</summary>
public sealed record ListStatesRequest : RecordListRequest, IStateRequest
{
    /// <summary>
    /// The agent whose state it is: 1 to 128 of A-Z a-z 0-9 . _ -, not only dots, and it must not begin like an id
    /// (str_, key_, …).
    /// </summary>
    [InPath]
    [NameForm]
    public required string AgentId { get; init; }
}
