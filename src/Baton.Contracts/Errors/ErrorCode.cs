namespace Baton.Contracts.Errors;

/// <summary>One error of the catalogue, `errors.json`.</summary>
/// <param name="Code">The name by which programs decide, `area.reason`. It never changes its meaning.</param>
/// <param name="Status">The HTTP status, from 400 to 599.</param>
/// <param name="Title">What is wrong, as a short sentence that is the same each time.</param>
/// <param name="Hint">What the caller can do.</param>
/// <param name="Retryable">Whether the same request can succeed later without being changed.</param>
public sealed record ErrorCode(string Code, int Status, string Title, string Hint, bool Retryable);
