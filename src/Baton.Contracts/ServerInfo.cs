namespace Baton.Contracts;

/// <summary>The answer to `GET /`.</summary>
/// <param name="Name">Always `baton`.</param>
/// <param name="Version">The version of the server.</param>
/// <param name="Links">Paths of what to look at next, by name.</param>
public sealed record ServerInfo(string Name, string Version, IReadOnlyDictionary<string, string> Links);
