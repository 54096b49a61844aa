using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Writes a record of an agent's state, creating it if it is absent.</summary>
public sealed record SetStateRequest : SetRequest, IStateRequest
{
    /// <summary>The agent.</summary>
    [InPath]
    [NameForm]
    [JsonPropertyOrder(-1)]
    public required string AgentId { get; init; }
}
