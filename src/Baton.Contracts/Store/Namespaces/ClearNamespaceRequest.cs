using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Deletes all records of a namespace, in one commit.</summary>
public sealed record ClearNamespaceRequest : IOperationRequest, INamespaceRequest
{
    /// <summary>
    /// The namespace: 1 to 512 bytes of UTF-8 without control characters, not `.` or `..` alone. Null: `default`.
    /// </summary>
    [InPath]
    [NamespaceForm]
    [JsonPropertyOrder(-1)]
    public string? Namespace { get; init; }
}
