using Baton.Server.Features.Stashes.Edits;
using Baton.Server.Features.Stashes.Lifetimes;
using Baton.Server.Features.Stashes.Lineages;
using Baton.Server.Features.Stashes.Versions;
using Baton.Server.Platform;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Commits.Sources;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Stashes;

/// <summary>Named documents that agents hand to each other: every route on one screen.</summary>
internal sealed class StashFeature
{
    readonly IDatabase _database;
    readonly StashPruner _pruner;

    public StashFeature(
        BatonOptions options, IDatabase database, RowReaders readers, LaneClock clock, ISchemas schemas,
        SourceKinds sources, OperationRunner runner, ChangeFeed feed)
    {
        Options = new StashOptions(options.StashBytes, options.StashVersions, options.WorkspaceBytes);
        Schemas = schemas;
        _database = database;
        _pruner = new StashPruner(runner);
        feed.HistoryWentBack += _pruner.Forget;
        Writer = new StashWriter(Options, sources, _pruner);
        Finder = new StashFinder(Options, database, readers, clock);
    }

    public StashOptions Options { get; }

    public ISchemas Schemas { get; }

    public StashWriter Writer { get; }

    public StashFinder Finder { get; }

    public void AddTo(Registrations server)
    {
        server.InBackground("erasing dropped versions", _pruner.RunAsync);
        server.DueKinds.Add(ExpireStash.Kind, item => new ExpireStash(item) { Actor = Actor.System(item.WorkspaceId) });
        server.DueKinds.Add(PurgeStash.Kind, item => new PurgeStash(item) { Actor = Actor.System(item.WorkspaceId) });
        server.DueKinds.Add(ForgetLineage.Kind, item => new ForgetLineage(item, Options, _database)
        {
            Actor = Actor.System(item.WorkspaceId),
        });
        server.Operations.Add(PutStash.SpecOf(this));
        server.Operations.Add(AppendStash.SpecOf(this));
        server.Operations.Add(ReplaceInStash.SpecOf(this));
        server.Operations.Add(DeleteStash.Spec);
        server.Reads.Add(GetStash.SpecOf(Finder));
        server.Reads.Add(ListVersions.SpecOf(Finder));
        server.Reads.Add(GetLineage.SpecOf(Finder));
        server.Reads.Add(ListStashes.Spec);
    }

    public static void Map(Routes routes)
    {
        routes.Put("/stash/{name}", PutStash.Action);
        routes.Get("/stash/{name}", GetStash.Action);
        routes.Delete("/stash/{name}", DeleteStash.Action);
        routes.Patch("/stash/{name}/append", AppendStash.Action);
        routes.Patch("/stash/{name}/replace", ReplaceInStash.Action);
        routes.Get("/stash/{name}/versions", ListVersions.Action);
        routes.Get("/stash/{name}/lineage", GetLineage.Action);
        routes.Get("/stashes", ListStashes.Action);
    }
}
