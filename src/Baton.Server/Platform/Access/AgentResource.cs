using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Access;

/// <summary>
/// Things that an agent keeps for itself and shows to all. The first part of the name is the agent:
/// `state:planner/goal`.
/// </summary>
internal static class AgentResource
{
    /// <summary>Written by that agent, by agent keys that are bound to none, and by admins.</summary>
    public static readonly AccessRule Rule = new()
    {
        MayWrite = static (actor, _, thing) =>
            actor.Role >= Role.Admin || !actor.IsBound || AgentOf(thing).SequenceEqual(actor.AgentId),
        Writers = "that agent, for keys that are bound to no agent, and for admins",
    };

    static ReadOnlySpan<char> AgentOf(ReadOnlySpan<char> thing)
    {
        var slash = thing.IndexOf('/');
        return slash < 0 ? thing : thing[..slash];
    }
}
