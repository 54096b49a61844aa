namespace Baton.Contracts.Store;

/// <summary>A request about an agent's state, or about what is in it.</summary>
public interface IStateRequest
{
    /// <summary>
    /// The agent whose state it is: 1 to 128 of A-Z a-z 0-9 . _ -, not only dots, and it must not begin like an id
    /// (str_, key_, …).
    /// </summary>
    string AgentId { get; }
}
