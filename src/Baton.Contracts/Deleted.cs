namespace Baton.Contracts;

/// <summary>The answer to a DELETE.</summary>
public sealed record Deleted : Committed
{
    /// <summary>The version that the deletion itself is; a re-creation goes on from it.</summary>
    public required long Version { get; init; }
}
