namespace Baton.Contracts.Store;

/// <summary>A request about a namespace, or what is in one.</summary>
public interface INamespaceRequest
{
    /// <summary>The namespace; null: `default`.</summary>
    string? Namespace { get; }
}
