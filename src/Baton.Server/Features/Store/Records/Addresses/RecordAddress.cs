using Baton.Contracts.Store;

namespace Baton.Server.Features.Store.Records.Addresses;

/// <summary>Which record of a workspace a request is about.</summary>
/// <param name="Namespace">The namespace as <see cref="RecordSpace.StoredNamespace"/> makes it.</param>
/// <param name="Key">The key.</param>
internal readonly record struct RecordAddress(string Namespace, string Key)
{
    public RecordKey In(string workspaceId) => new(workspaceId, Namespace, Key);

    /// <summary>The address of a request's record.</summary>
    public static RecordAddress Of(RecordRequest request) => new(RecordSpace.StoredNamespaceOf(request), request.Key);

    /// <summary>What a request is about.</summary>
    public static string ResourceOf(RecordRequest request) =>
        RecordSpace.ResourceOf(RecordSpace.StoredNamespaceOf(request), request.Key);
}
