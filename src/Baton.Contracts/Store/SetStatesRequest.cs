using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Sets and deletes many records of an agent's state, all or none.</summary>
public sealed record SetStatesRequest : SetManyRequest, IStateRequest
{
    /// <summary>The agent.</summary>
    [InPath]
    [NameForm]
    [JsonPropertyOrder(-1)]
    public required string AgentId { get; init; }
}
