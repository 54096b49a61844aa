using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Reads a record of a namespace, waits for it, or follows it.</summary>
public sealed record ReadRecordRequest : RecordReadRequest, INamespaceRequest
{
    /// <summary>
    /// The namespace: 1 to 512 bytes of UTF-8 without control characters, not `.` or `..` alone. Null: `default`.
    /// </summary>
    [InPath]
    [NamespaceForm]
    public string? Namespace { get; init; }
}
