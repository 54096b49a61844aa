using Baton.Contracts.Errors;

namespace Baton.Server.Platform.Commits.Operations;

/// <summary>What happens to an operation that others overtake while it is prepared.</summary>
/// <param name="Code">
/// The failure if others were always faster; null for an operation that is never prepared again.
/// </param>
/// <param name="Turns">
/// The things on which operations that were overtaken take turns, in this order: those that others change too.
/// </param>
/// <param name="MoreAttempts">How often it is prepared beyond <see cref="UsualAttempts"/>.</param>
internal sealed record Contention(ErrorCode? Code, IReadOnlyList<string> Turns, int MoreAttempts = 0)
{
    /// <summary>How often an operation is prepared because others were faster.</summary>
    public const int UsualAttempts = 10;

    public int Attempts => UsualAttempts + MoreAttempts;

    /// <summary>
    /// The contention of several operations that are decided together. Each may have to wait for what the one before it
    /// makes of a large thing. The turns are in an order that is the same for all, so that no two wait for each other.
    /// </summary>
    public static Contention Of(ErrorCode code, IReadOnlyCollection<Contention> parts) => new(
        code,
        [.. parts.SelectMany(part => part.Turns).Distinct().Order(StringComparer.Ordinal)],
        parts.Sum(part => part.MoreAttempts + 1));
}
