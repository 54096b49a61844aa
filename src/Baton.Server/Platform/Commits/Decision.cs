using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Commits;

/// <summary>
/// The result of an operation: an effect, or an expected failure, or that it has to be prepared again, because what was
/// prepared does not fit what the lane has seen. After the last two nothing has changed.
/// </summary>
internal readonly struct Decision
{
    Decision(Effect? effect, Failure? failure, bool isPrepareAgain)
    {
        Effect = effect;
        Failure = failure;
        IsPrepareAgain = isPrepareAgain;
    }

    public static Decision PrepareAgain { get; } = new(effect: null, failure: null, isPrepareAgain: true);

    public Effect? Effect { get; }

    public Failure? Failure { get; }

    public bool IsPrepareAgain { get; }

    public static implicit operator Decision(Effect effect) => new(effect, failure: null, isPrepareAgain: false);

    public static implicit operator Decision(Failure failure) => new(effect: null, failure, isPrepareAgain: false);

    public static implicit operator Decision(Outcome<Effect> outcome) =>
        new(outcome.Value, outcome.Failure, isPrepareAgain: false);

    /// <summary>
    /// The decision of a failure; null if there is none, and then the operation still has to be decided.
    /// </summary>
    public static Decision? OfAny(Failure? failure) => failure is null ? (Decision?)null : failure;

    /// <summary>The outcome for the caller. The operation must not have to be prepared again.</summary>
    public Outcome<Effect> ToOutcome() =>
        Effect is { } effect ? effect
        : Failure ?? throw new InvalidOperationException("The operation is not decided.");
}
