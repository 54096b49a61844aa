namespace Baton.Contracts.Store;

/// <summary>The answer to `POST /store/{namespace}/clear`.</summary>
public sealed record NamespaceCleared : Committed
{
    /// <summary>Records that were there.</summary>
    public required long Deleted { get; init; }
}
