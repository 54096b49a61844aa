using Baton.Contracts;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Access;

/// <summary>
/// Things that are there for their maker and admins only. That stands in the very name of the resource,
/// `schema:sch_…/planner`: so it is known of every ledger entry, old ones and those of deleted things too, without a
/// look at any row.
/// </summary>
internal static class PrivateResource
{
    /// <summary>Types of which things can be private. In other resources a slash is part of a name.</summary>
    static readonly string[] s_types = ["schema:"];

    /// <summary>`type:id` of a public thing, where the owner is empty; `type:id/owner` of a private one.</summary>
    public static string Of(string type, string id, string owner) =>
        owner.Length == 0 ? ResourceName.Of(type, id) : string.Concat(ResourceName.Of(type, id), "/", owner);

    /// <summary>Whether the thing of this owner (empty: it is public) is there for the actor.</summary>
    public static bool IsOpenTo(Actor actor, string owner) =>
        owner.Length == 0 || actor.Role >= Role.Admin || owner == actor.Name;

    /// <summary>As <see cref="IsOpenTo(Actor, string)"/>, from the name of the resource.</summary>
    public static bool IsResourceOpenTo(Actor actor, string resource)
    {
        foreach (var type in s_types)
        {
            if (!resource.StartsWith(type, StringComparison.Ordinal)) continue;
            var slash = resource.LastIndexOf('/');
            return slash < 0 || IsOpenTo(actor, resource[(slash + 1)..]);
        }

        return true;
    }
}
