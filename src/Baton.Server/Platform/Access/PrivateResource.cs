using Baton.Contracts;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Access;

/// <summary>
/// Things of which some are there for their maker and admins only. That stands in the very name of the resource,
/// `schema:sch_…/planner`: no look at any row is needed to know it.
/// </summary>
internal static class PrivateResource
{
    /// <summary>
    /// Of a type that has such things. Their ids have no slash: what follows the last one is the owner.
    /// </summary>
    public static readonly AccessRule Rule = new() { MaySee = IsThingOpenTo };

    /// <summary>`type:id` of a public thing, where the owner is empty; `type:id/owner` of a private one.</summary>
    public static string Of(string type, string id, string owner) =>
        owner.Length == 0 ? ResourceName.Of(type, id) : string.Concat(ResourceName.Of(type, id), "/", owner);

    /// <summary>Whether the thing of this owner (empty: it is public) is there for the actor.</summary>
    public static bool IsOpenTo(Actor actor, ReadOnlySpan<char> owner) =>
        owner.Length == 0 || actor.Role >= Role.Admin || owner.SequenceEqual(actor.Name);

    static bool IsThingOpenTo(Actor actor, string action, ReadOnlySpan<char> thing)
    {
        var slash = thing.LastIndexOf('/');
        return slash < 0 || IsOpenTo(actor, thing[(slash + 1)..]);
    }
}
