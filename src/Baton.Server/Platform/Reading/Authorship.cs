namespace Baton.Server.Platform.Reading;

/// <summary>By whom and when bytes were written that a caller reads as they are.</summary>
/// <param name="By">The agent or key.</param>
/// <param name="At">When, in microseconds since 1970.</param>
/// <param name="ExpiresAt">When the thing ends; null: never.</param>
/// <param name="IsAnyType">Whether their media type is what the writer said, and so anything.</param>
internal sealed record Authorship(string By, long At, long? ExpiresAt, bool IsAnyType);
