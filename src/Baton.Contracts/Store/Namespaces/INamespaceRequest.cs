namespace Baton.Contracts.Store;

/// <summary>A request about a namespace, or about what is in one.</summary>
public interface INamespaceRequest
{
    /// <summary>
    /// The namespace: 1 to 512 bytes of UTF-8 without control characters, not `.` or `..` alone. Null: `default`.
    /// </summary>
    string? Namespace { get; }
}
