using Baton.Server.Platform;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Operations;

namespace Baton.Server.Features.Store;

/// <summary>Records of JSON in namespaces, and the state of each agent: every route on one screen.</summary>
internal sealed class StoreFeature
{
    StoreFeature(BatonServer server)
    {
        Options = new StoreOptions(server.Options.RecordBytes, server.Options.WorkspaceBytes);
        Writer = new RecordWriter(Options);
        Finder = new RecordFinder(server);
    }

    public StoreOptions Options { get; }

    public RecordWriter Writer { get; }

    public RecordFinder Finder { get; }

    public static StoreFeature Add(BatonServer server)
    {
        var store = new StoreFeature(server);
        server.DueKinds.Add(
            ExpireRecord.Kind, item => new ExpireRecord(item) { Actor = Actor.System(item.WorkspaceId) });
        server.DueKinds.Add(
            PurgeRecord.Kind, item => new PurgeRecord(item) { Actor = Actor.System(item.WorkspaceId) });
        server.DueKinds.Add(
            EraseCleared.Kind,
            item => new EraseCleared(item, server.Database) { Actor = Actor.System(item.WorkspaceId) });
        return store;
    }

    public void Map(Routes routes)
    {
        Map(routes, RecordSpace.Store);
        Map(routes, RecordSpace.State);
    }

    void Map(Routes routes, RecordSpace space)
    {
        var (all, one) = (space.Path, space.Path + "/{key}");
        routes.Post(all + "/clear", ClearNamespace.SpecOf(space), call => ClearNamespace.HandleAsync(call, space));
        routes.Put(one, SetRecord.SpecOf(space), call => SetRecord.HandleAsync(call, this, space));
        routes.Get(one, GetRecord.SpecOf(space), call => GetRecord.HandleAsync(call, Finder, space));
        routes.Patch(one, PatchRecord.SpecOf(space), call => PatchRecord.HandleAsync(call, this, space));
        routes.Delete(one, DeleteRecord.SpecOf(space), call => DeleteRecord.HandleAsync(call, space));
    }
}
