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
