using Baton.Contracts.Errors;

namespace Baton.Server.Platform.Basics;

/// <summary>An expected failure: a code of the catalogue, and what happened this time.</summary>
/// <param name="Code">The row of the catalogue.</param>
/// <param name="Detail">What happened, naming the offending value and the limit; never a secret, SQL or a path.</param>
internal sealed record Failure(ErrorCode Code, string? Detail = null)
{
    /// <summary>For errors of input: every place of the input that is wrong.</summary>
    public IReadOnlyList<ProblemItem>? Errors { get; init; }

    /// <summary>
    /// Whether the places of <see cref="Errors"/> are pointers into the request, which each edge translates to places
    /// of its own. Otherwise they are places of the edge already, or point into the thing that the request is about.
    /// </summary>
    public bool IsOfRequest { get; init; }

    /// <summary>In a transaction: the index of the operation that failed, from 0.</summary>
    public int? Operation { get; init; }

    /// <summary>
    /// Of a refusal: the action that was refused and its thing, if not the request as a whole was refused.
    /// </summary>
    public (string Action, string Resource)? Refused { get; init; }

    /// <summary>With `version.mismatch`: the version now, 0 when absent.</summary>
    public long? CurrentVersion { get; init; }

    /// <summary>With `cursor.ahead`: the newest commit, or the newest entry.</summary>
    public long? Head { get; init; }

    /// <summary>With `stream.cursor_pruned`: the oldest entry that is still there.</summary>
    public long? FirstEntry { get; init; }

    /// <summary>Seconds, for the header `Retry-After`.</summary>
    public int? RetryAfterSeconds { get; init; }
}
