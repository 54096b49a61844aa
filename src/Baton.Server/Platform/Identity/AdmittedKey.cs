namespace Baton.Server.Platform.Identity;

/// <summary>
/// The key that a request may use, and the secret that opened it. A ticket fixes the workspace and the agent too.
/// </summary>
internal sealed record AdmittedKey(ApiKeyRow Row, SecretHash Secret, string? WorkspaceId, string? AgentId);
