using Baton.Server.Platform.Access;
using Baton.Server.Platform.Commits.Sources;
using Baton.Server.Platform.Reading.Discovery;
using Baton.Server.Platform.Resources;

namespace Baton.Server.Features.Stashes;

/// <summary>What a stash is to the rest of the server.</summary>
internal static class StashType
{
    public const string Name = "stash";

    public static ResourceType Declared { get; } = new(Name, AccessRule.Shared)
    {
        Discovery = new DiscoveryKind("stashes", DiscoverStashes.ReadAsync),
        IsBoundToSchemas = true,
        Source = new SourceKind(
            (reads, workspaceId, name) => reads.Add(StashRow.Table, new StashKey(workspaceId, name)),
            (work, workspaceId, name) => work.Get(StashRow.Table, new StashKey(workspaceId, name)) is { } row
                && row.IsLive(work.Now) ? row.Version : null),
        Check = StashCheck.RunAsync,
    };
}
