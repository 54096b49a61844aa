using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>
/// Changes a record of an agent's state at the places that are named, atomically, and answers all of it.
/// </summary>
public sealed record PatchStateRequest : PatchRequest, IStateRequest
{
    /// <summary>
    /// The agent whose state it is: 1 to 128 of A-Z a-z 0-9 . _ -, not only dots, and it must not begin like an id
    /// (str_, key_, …).
    /// </summary>
    [InPath]
    [NameForm]
    [JsonPropertyOrder(-1)]
    public required string AgentId { get; init; }
}
