using Baton.Server;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Resources;

namespace Baton.ServerTests.Platform.Access;

/// <summary>
/// The types of the server, of which the agent `watcher` may not see or write some things by one action: as a policy
/// will narrow what an actor may do.
/// </summary>
internal sealed class WatchedTypes
{
    public const string Watcher = "watcher";

    readonly HashSet<string> _veiled = [];

    /// <summary>The action by which things are not there for the watcher.</summary>
    public string Unseen { get; set; } = "";

    /// <summary>The action by which the watcher may write nothing.</summary>
    public string Unwritten { get; set; } = "";

    /// <summary>Every resource by which somebody wanted to write.</summary>
    public List<string> Asked { get; } = [];

    public ResourceTypes Types => new([.. BatonFeatures.Types.All.Select(Watch)]);

    /// <summary>Names a resource that is not to be there for the watcher.</summary>
    public void Veil(string resource) => _veiled.Add(resource);

    ResourceType Watch(ResourceType type) => type with
    {
        Access = type.Access with
        {
            MaySee = (actor, action, thing) =>
                !(IsWatched(actor) && action == Unseen && _veiled.Contains($"{type.Name}:{thing}"))
                && type.Access.MaySee(actor, action, thing),
            MayWrite = (actor, action, thing) => !IsUnwritten(actor, action, $"{type.Name}:{thing}"),
        },
    };

    bool IsUnwritten(Actor actor, string action, string resource)
    {
        if (!IsWatched(actor) || action != Unwritten) return false;
        Asked.Add(resource);
        return true;
    }

    static bool IsWatched(Actor actor) => actor.AgentId == Watcher;
}
