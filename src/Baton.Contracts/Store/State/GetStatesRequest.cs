using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Reads many records of an agent's state, as of one moment.</summary>
public sealed record GetStatesRequest : GetManyRequest, IStateRequest
{
    /// <summary>
    /// The agent whose state it is: 1 to 128 of A-Z a-z 0-9 . _ -, not only dots, and it must not begin like an id
    /// (str_, key_, …).
    /// </summary>
    [InPath]
    [NameForm]
    public required string AgentId { get; init; }
}
