using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Writes a record, creating it if it is absent.</summary>
public sealed record SetRecordRequest : SetRequest, INamespaceRequest
{
    /// <summary>The namespace; null: `default`.</summary>
    [InPath]
    [NamespaceForm]
    [JsonPropertyOrder(-1)]
    public string? Namespace { get; init; }
}
