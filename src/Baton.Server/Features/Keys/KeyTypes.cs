using Baton.Server.Platform.Access;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Resources;

namespace Baton.Server.Features.Keys;

/// <summary>What keys and workspaces are to the rest of the server. Roles alone say who may do what.</summary>
internal static class KeyTypes
{
    public static ResourceType Key { get; } = new(ApiKeyRow.ResourceType, AccessRule.Shared);

    public static ResourceType Workspace { get; } = new(WorkspaceRow.ResourceType, AccessRule.Shared);
}
