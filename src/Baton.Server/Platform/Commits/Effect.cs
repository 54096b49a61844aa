using Baton.Contracts;
using Baton.Server.Platform.Commits.IdempotencyKeys;

namespace Baton.Server.Platform.Commits;

/// <summary>The answer of an operation that was decided.</summary>
/// <param name="Answer">The wire record; null for operational things that answer nothing. The lane fills in its
/// seq.</param>
/// <param name="Version">The version for the ETag; null if the thing has none.</param>
/// <param name="Created">Whether something new was made: HTTP answers 201.</param>
internal sealed record Effect(Committed? Answer, long? Version = null, bool Created = false)
{
    /// <summary>
    /// The commit, which the lane fills in; 0 for operational things. If nothing had to change, Decide may name the
    /// commit that has made what was asked for.
    /// </summary>
    public long Seq { get; init; }

    /// <summary>The answer of an operational operation, which names no commit.</summary>
    public object? Operational { get; private init; }

    /// <summary>The effect of an operational operation.</summary>
    public static Effect OfOperational(object answer, bool created = false) =>
        new(Answer: null, Created: created) { Operational = answer };

    /// <summary>The answer as it is kept for an Idempotency-Key: without its secrets.</summary>
    public Committed? Replay { get; init; }

    /// <summary>The kept answer, if this effect is one that is given again.</summary>
    public ReplayedAnswer? Replayed { get; init; }
}
