using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Access;

/// <summary>
/// The one place that says who may do what. It knows workspaces, roles and private things today; policies will narrow
/// it later, and nothing else has to move: every operation asks <see cref="May"/>, every read passes
/// <see cref="Filter"/>.
/// </summary>
internal static class Permissions
{
    /// <summary>`state:planner/key`: what an agent keeps for itself, and shows to all.</summary>
    const string StatePrefix = "state:";

    /// <summary>Whether the actor may do this to that. A refusal goes into the ledger.</summary>
    public static bool May(Actor actor, Role leastRole, string action, string resource)
    {
        _ = action;
        return actor.Role >= leastRole && (leastRole == Role.Reader || MayWriteState(actor, resource));
    }

    /// <summary>The refusal of what <see cref="May"/> does not allow.</summary>
    public static Failure Denied(Actor actor, Role leastRole, string action, string resource) => new(
        ErrorCodes.AccessDenied,
        actor.Role < leastRole
            ? $"{action} needs the role {Roles.NameOf(leastRole)}; this key has the role {Roles.NameOf(actor.Role)}."
            : $"{action} on {InputText.Shorten(resource)} is for that agent, for keys that are bound to no agent, "
            + "and for admins.");

    /// <summary>
    /// The state of an agent is written by that agent, by agent keys that are bound to none, and by admins.
    /// </summary>
    static bool MayWriteState(Actor actor, string resource)
    {
        if (!resource.StartsWith(StatePrefix, StringComparison.Ordinal)) return true;
        if (actor.Role >= Role.Admin || !actor.IsBound) return true;
        var owner = resource.AsSpan(StatePrefix.Length);
        var slash = owner.IndexOf('/');
        return (slash < 0 ? owner : owner[..slash]).SequenceEqual(actor.AgentId);
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
