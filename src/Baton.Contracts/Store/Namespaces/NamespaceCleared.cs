namespace Baton.Contracts.Store;

/// <summary>The answer to clearing a namespace or the state of an agent.</summary>
public sealed record NamespaceCleared : Committed
{
    /// <summary>How many records were there; 0 where there was nothing.</summary>
    public required long Deleted { get; init; }
}
