using Baton.Contracts;

namespace Baton.Server.Platform.Commits;

/// <summary>What a decided operation answers.</summary>
/// <param name="Answer">The wire record; null for operational things that answer nothing. The lane fills in its
/// seq.</param>
/// <param name="Version">For the ETag; null where the thing has no version.</param>
/// <param name="Created">Something new came to be: HTTP answers 201.</param>
internal sealed record Effect(Committed? Answer, long? Version = null, bool Created = false)
{
    /// <summary>
    /// The commit, filled in by the lane; 0 for operational things. Where nothing had to change, Decide may name the
    /// commit that made what was asked for.
    /// </summary>
    public long Seq { get; init; }

    /// <summary>What is answered by what is operational: it names no commit.</summary>
    public object? Operational { get; private init; }

    /// <summary>The effect of what is operational.</summary>
    public static Effect OfOperational(object answer, bool created = false) =>
        new(Answer: null, Created: created) { Operational = answer };

    /// <summary>How the answer is kept for an Idempotency-Key: without its secrets.</summary>
    public Committed? Replay { get; init; }

    /// <summary>This is a kept answer, given again.</summary>
    public ReplayedAnswer? Replayed { get; init; }
}
