using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Deletes a record. One that does not exist is a 404 `store.not_found`.</summary>
public sealed record DeleteRecordRequest : RecordRequest, INamespaceRequest
{
    /// <summary>
    /// The namespace: 1 to 512 bytes of UTF-8 without control characters, not `.` or `..` alone. Null: `default`.
    /// </summary>
    [InPath]
    [NamespaceForm]
    [JsonPropertyOrder(-1)]
    public string? Namespace { get; init; }
}
