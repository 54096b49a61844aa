namespace Baton.Server.Platform.Identity;

/// <summary>The key that a request may use, by which secret, and, by a ticket, as whom.</summary>
internal sealed record AdmittedKey(ApiKeyRow Row, SecretHash Secret, string? WorkspaceId, string? AgentId);
