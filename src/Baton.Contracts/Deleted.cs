namespace Baton.Contracts;

/// <summary>The answer to a deletion.</summary>
public sealed record Deleted : Committed
{
    /// <summary>
    /// The version that the deletion itself is. A thing that is made anew under the same name goes on with the next
    /// one.
    /// </summary>
    public required long Version { get; init; }
}
