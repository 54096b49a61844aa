using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Deletes a record of an agent's state.</summary>
public sealed record DeleteStateRequest : RecordRequest, IStateRequest
{
    /// <summary>The agent.</summary>
    [InPath]
    [NameForm]
    [JsonPropertyOrder(-1)]
    public required string AgentId { get; init; }
}
