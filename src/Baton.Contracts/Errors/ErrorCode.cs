namespace Baton.Contracts.Errors;

/// <summary>One row of the error catalogue.</summary>
/// <param name="Code">The stable name, `area.reason`.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">A short sentence, the same for every occurrence.</param>
/// <param name="Hint">What the caller can do.</param>
/// <param name="Retryable">Whether the same request can succeed later without being changed.</param>
public sealed record ErrorCode(string Code, int Status, string Title, string Hint, bool Retryable);
