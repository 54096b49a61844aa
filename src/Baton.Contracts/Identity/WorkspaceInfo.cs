namespace Baton.Contracts.Identity;

/// <summary>A workspace.</summary>
/// <param name="WorkspaceId">The id of the workspace, `ws_…`.</param>
/// <param name="Name">The name, which is unique on the server.</param>
/// <param name="CreatedAt">When the workspace was made.</param>
public sealed record WorkspaceInfo(string WorkspaceId, string Name, DateTimeOffset CreatedAt);
