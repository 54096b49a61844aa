namespace Baton.Contracts.Store;

/// <summary>A request about an agent's state, or what is in it.</summary>
public interface IStateRequest
{
    /// <summary>The agent.</summary>
    string AgentId { get; }
}
