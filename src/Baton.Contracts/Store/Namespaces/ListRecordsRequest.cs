using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Lists the records of a namespace, by key; or tells their changes.</summary>
public sealed record ListRecordsRequest : RecordListRequest, INamespaceRequest
{
    /// <summary>
    /// The namespace: 1 to 512 bytes of UTF-8 without control characters, not `.` or `..` alone. Null: `default`.
    /// </summary>
    [InPath]
    [NamespaceForm]
    public string? Namespace { get; init; }
}
