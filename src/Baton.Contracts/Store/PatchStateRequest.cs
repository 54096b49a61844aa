using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Changes a record of an agent's state in places and answers all of it.</summary>
public sealed record PatchStateRequest : PatchRequest, IStateRequest
{
    /// <summary>The agent.</summary>
    [InPath]
    [NameForm]
    [JsonPropertyOrder(-1)]
    public required string AgentId { get; init; }
}
