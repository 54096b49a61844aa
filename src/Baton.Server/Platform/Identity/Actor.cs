namespace Baton.Server.Platform.Identity;

/// <summary>Who is calling right now.</summary>
/// <param name="WorkspaceId">The workspace in which the call acts.</param>
/// <param name="AgentId">The agent; null where none was named.</param>
/// <param name="KeyId">The key; `system` for the server itself.</param>
/// <param name="Role">What the key may do.</param>
/// <param name="KeyWorkspaceId">The workspace that holds the key.</param>
internal sealed record Actor(string WorkspaceId, string? AgentId, string KeyId, Role Role, string KeyWorkspaceId)
{
    const string SystemName = "system";

    /// <summary>Whether the key is bound to its agent: it then never acts for another one.</summary>
    public bool IsBound { get; init; }

    /// <summary>The name under which the actor appears on things: its agent, or its key.</summary>
    public string Name => AgentId ?? KeyId;

    /// <summary>The server itself, when something is due.</summary>
    public static Actor System(string workspaceId) =>
        new(workspaceId, AgentId: null, SystemName, Role.Server, workspaceId);
}
