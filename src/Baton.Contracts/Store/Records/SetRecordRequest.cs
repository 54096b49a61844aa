using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Writes a record, creating it if it is absent.</summary>
public sealed record SetRecordRequest : SetRequest, INamespaceRequest
{
    /// <summary>
    /// The namespace: 1 to 512 bytes of UTF-8 without control characters, not `.` or `..` alone. Null: `default`.
    /// </summary>
    [InPath]
    [NamespaceForm]
    [JsonPropertyOrder(-1)]
    public string? Namespace { get; init; }
}
