using System.Text.Json.Serialization;

namespace Baton.Contracts;

/// <summary>The answer to a mutation: what all of them have in common.</summary>
public abstract record Committed
{
    /// <summary>The commit that holds the effect; the same number as in the header `Baton-Seq`.</summary>
    [JsonPropertyOrder(100)]
    public long Seq { get; init; }

    /// <summary>The same answer with its commit filled in.</summary>
    public virtual Committed At(long seq) => this with { Seq = seq };
}

/// <summary>The answer to a DELETE.</summary>
public sealed record Deleted : Committed
{
    /// <summary>The version that the deletion itself is; a re-creation goes on from it.</summary>
    public required long Version { get; init; }
}

/// <summary>A page of a list in a fixed order.</summary>
/// <param name="Items">At most `limit` items, and at most 4 MiB.</param>
/// <param name="NextCursor">Give it as `cursor` to go on: a text of A-Z a-z 0-9 - _; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
