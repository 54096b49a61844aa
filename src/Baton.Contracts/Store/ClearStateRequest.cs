using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Deletes everything in an agent's state, in one commit.</summary>
public sealed record ClearStateRequest : IOperationRequest, IStateRequest
{
    /// <summary>The agent.</summary>
    [InPath]
    [NameForm]
    [JsonPropertyOrder(-1)]
    public required string AgentId { get; init; }
}
