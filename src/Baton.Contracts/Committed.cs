using System.Text.Json.Serialization;

namespace Baton.Contracts;

/// <summary>What the answers to all mutations have in common.</summary>
public abstract record Committed
{
    /// <summary>
    /// The seq of the commit that holds the effect: the same number as in the header `Baton-Seq`. In an answer that is
    /// given again for its Idempotency-Key it is that of the first time.
    /// </summary>
    [JsonPropertyOrder(100)]
    public long Seq { get; init; }

    /// <summary>The same answer, with the seq of its commit filled in.</summary>
    public virtual Committed At(long seq) => this with { Seq = seq };
}
