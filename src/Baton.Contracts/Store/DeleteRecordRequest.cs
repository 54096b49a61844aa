using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Deletes a record.</summary>
public sealed record DeleteRecordRequest : RecordRequest, INamespaceRequest
{
    /// <summary>The namespace; null: `default`.</summary>
    [InPath]
    [NamespaceForm]
    [JsonPropertyOrder(-1)]
    public string? Namespace { get; init; }
}
