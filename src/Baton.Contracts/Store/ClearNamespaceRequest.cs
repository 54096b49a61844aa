using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Deletes everything in a namespace, in one commit.</summary>
public sealed record ClearNamespaceRequest : IOperationRequest, INamespaceRequest
{
    /// <summary>The namespace; null: `default`.</summary>
    [InPath]
    [NamespaceForm]
    [JsonPropertyOrder(-1)]
    public string? Namespace { get; init; }
}
