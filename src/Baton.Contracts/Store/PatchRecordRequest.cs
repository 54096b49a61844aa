using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Changes a record in places and answers all of it.</summary>
public sealed record PatchRecordRequest : PatchRequest, INamespaceRequest
{
    /// <summary>The namespace; null: `default`.</summary>
    [InPath]
    [NamespaceForm]
    [JsonPropertyOrder(-1)]
    public string? Namespace { get; init; }
}
