using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Access;

/// <summary>
/// The one place that says who may do what. It knows workspaces, roles and the rules of the declared types today;
/// policies will narrow it later, and nothing else has to move: every write asks <see cref="May"/>, every read
/// passes <see cref="Filter"/>. Safe for concurrent use.
/// </summary>
/// <param name="types">The rule of each type of things.</param>
internal sealed class Permissions(IEnumerable<(string Type, AccessRule Rule)> types)
{
    // There are few: the first characters tell them apart faster than a hash would.
    readonly (string Prefix, AccessRule Rule)[] _rules = [.. types.Select(type => (type.Type + ":", type.Rule))];

    /// <summary>Whether the actor may do to that what changes it. A refusal goes into the ledger.</summary>
    public bool May(Actor actor, Role leastRole, string action, string resource) =>
        actor.Role >= leastRole && RuleOf(resource, out var thing).MayWrite(actor, action, thing);

    /// <summary>The refusal of what <see cref="May"/> does not allow.</summary>
    public Failure Denied(Actor actor, Role leastRole, string action, string resource) => new(
        ErrorCodes.AccessDenied,
        actor.Role < leastRole
            ? $"{action} needs the role {Roles.NameOf(leastRole)}; this key has the role {Roles.NameOf(actor.Role)}."
            : $"{action} on {InputText.Shorten(resource)} is for {RuleOf(resource, out _).Writers}.");

    /// <summary>
    /// Whether a thing is there for the actor at all: asked of every single thing that a read would show, before
    /// paging and counting. What is not there for the actor is absent, never forbidden.
    /// </summary>
    public bool Filter(Actor actor, string workspaceId, string action, string resource) =>
        actor.WorkspaceId == workspaceId && actor.Role >= Role.Reader
        && RuleOf(resource, out var thing).MaySee(actor, action, thing);

    AccessRule RuleOf(string resource, out ReadOnlySpan<char> thing)
    {
        foreach (var (prefix, rule) in _rules)
        {
            if (!resource.StartsWith(prefix, StringComparison.Ordinal)) continue;
            thing = resource.AsSpan(prefix.Length);
            return rule;
        }

        thing = default;
        return AccessRule.Undeclared;
    }
}
