namespace Baton.Contracts.Identity;

/// <summary>A workspace.</summary>
/// <param name="WorkspaceId">The id, `ws_…`.</param>
/// <param name="Name">The unique name.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record WorkspaceInfo(string WorkspaceId, string Name, DateTimeOffset CreatedAt);
