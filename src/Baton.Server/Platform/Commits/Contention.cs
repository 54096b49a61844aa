using Baton.Contracts.Errors;

namespace Baton.Server.Platform.Commits;

/// <summary>What becomes of an operation that others overtake while it is prepared.</summary>
/// <param name="Code">
/// Why it fails when others were always faster; null for one that is never prepared again.
/// </param>
/// <param name="Turns">On what those who were overtaken take turns, in order: what others change as well.</param>
/// <param name="MoreAttempts">How often it is prepared beyond <see cref="UsualAttempts"/>.</param>
internal sealed record Contention(ErrorCode? Code, IReadOnlyList<string> Turns, int MoreAttempts = 0)
{
    /// <summary>How often an operation is prepared because others were faster.</summary>
    public const int UsualAttempts = 10;

    public int Attempts => UsualAttempts + MoreAttempts;

    /// <summary>
    /// Of several that are decided together. Each may have to wait for what the one before it makes of a large thing.
    /// Turns are in an order that is the same for all, so that no two wait for each other.
    /// </summary>
    public static Contention Of(ErrorCode code, IReadOnlyCollection<Contention> parts) => new(
        code,
        [.. parts.SelectMany(part => part.Turns).Distinct().Order(StringComparer.Ordinal)],
        parts.Sum(part => part.MoreAttempts + 1));
}
