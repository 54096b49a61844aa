using Baton.Server.Features.Stashes.Lineages;
using Baton.Server.Features.Stashes.Versions;
using Baton.Server.Platform;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Stashes;

/// <summary>Named documents that agents hand to each other: every route on one screen.</summary>
internal sealed class StashFeature
{
    StashFeature(BatonServer server)
    {
        Options = new StashOptions(
            server.Options.StashBytes, server.Options.StashVersions, server.Options.WorkspaceBytes);
        var pruner = new StashPruner(server.Runner);
        server.InBackground("erasing dropped versions", pruner.RunAsync);
        server.Feed.HistoryWentBack += pruner.Forget;
        Schemas = server.Schemas;
        Writer = new StashWriter(Options, server.Types.Sources, pruner);
        Finder = new StashFinder(server);
    }

    public StashOptions Options { get; }

    public SchemaRegistry Schemas { get; }

    public StashWriter Writer { get; }

    public StashFinder Finder { get; }

    public static StashFeature Add(BatonServer server)
    {
        var stashes = new StashFeature(server);
        server.DueKinds.Add(ExpireStash.Kind, item => new ExpireStash(item) { Actor = Actor.System(item.WorkspaceId) });
        server.DueKinds.Add(PurgeStash.Kind, item => new PurgeStash(item) { Actor = Actor.System(item.WorkspaceId) });
        server.DueKinds.Add(ForgetLineage.Kind, item => new ForgetLineage(item, stashes.Options, server.Database)
        {
            Actor = Actor.System(item.WorkspaceId),
        });
        server.Operations.Add(PutStash.SpecOf(stashes));
        server.Operations.Add(AppendStash.SpecOf(stashes));
        server.Operations.Add(ReplaceInStash.SpecOf(stashes));
        server.Operations.Add(DeleteStash.Spec);
        return stashes;
    }

    public void Map(Routes routes)
    {
        routes.Put("/stash/{name}", PutStash.Action);
        routes.Get("/stash/{name}", GetStash.Spec, call => GetStash.HandleAsync(call, Finder));
        routes.Delete("/stash/{name}", DeleteStash.Action);
        routes.Patch("/stash/{name}/append", AppendStash.Action);
        routes.Patch("/stash/{name}/replace", ReplaceInStash.Action);
        routes.Get("/stash/{name}/versions", ListVersions.Spec, call => ListVersions.HandleAsync(call, Finder));
        routes.Get("/stash/{name}/lineage", GetLineage.Spec, call => GetLineage.HandleAsync(call, Finder));
        routes.Get("/stashes", ListStashes.Spec, ListStashes.HandleAsync);
    }
}
