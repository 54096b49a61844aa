namespace Baton.Contracts;

/// <summary>The answer to `GET /`.</summary>
/// <param name="Name">`baton`.</param>
/// <param name="Version">The server's version.</param>
/// <param name="Links">What to look at next, by name.</param>
public sealed record ServerInfo(string Name, string Version, IReadOnlyDictionary<string, string> Links);
