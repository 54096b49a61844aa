using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Operations;

namespace Baton.Server.Platform.Access;

/// <summary>
/// The one place that says who may do what. It knows workspaces, roles and private things today; policies will narrow
/// it later, and nothing else has to move: every operation asks <see cref="May"/>, every read passes
/// <see cref="Filter"/>.
/// </summary>
internal static class Access
{
    /// <summary>Whether the actor may do this to that. A refusal goes into the ledger.</summary>
    public static bool May(Actor actor, Role leastRole, string action, string resource)
    {
        _ = (action, resource);
        return actor.Role >= leastRole;
    }

    /// <summary>
    /// Whether a thing is there for the actor at all: asked of every single thing that a read would show, before
    /// paging and counting. What is not there for the actor is absent, never forbidden.
    /// </summary>
    public static bool Filter(Actor actor, string workspaceId, string action, string resource)
    {
        _ = action;
        return actor.WorkspaceId == workspaceId && actor.Role >= Role.Reader
            && PrivateResource.IsResourceOpenTo(actor, resource);
    }
}
