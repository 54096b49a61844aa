using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Reads many records of a namespace, as of one moment.</summary>
public sealed record GetRecordsRequest : GetManyRequest, INamespaceRequest
{
    /// <summary>
    /// The namespace: 1 to 512 bytes of UTF-8 without control characters, not `.` or `..` alone. Null: `default`.
    /// </summary>
    [InPath]
    [NamespaceForm]
    public string? Namespace { get; init; }
}
