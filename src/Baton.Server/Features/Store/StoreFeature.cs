using Baton.Contracts.Store;
using Baton.Server.Features.Store.Claims;
using Baton.Server.Features.Store.Claims.Indexes;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Features.Store.Records.Lifetimes;
using Baton.Server.Features.Store.Records.Patches;
using Baton.Server.Platform;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Waits;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Store;

/// <summary>Records of JSON in namespaces, and the state of each agent: every route on one screen.</summary>
internal sealed class StoreFeature
{
    public StoreFeature(
        BatonOptions options, IdSource ids, IDatabase database, RowReaders readers, ReadServices reading,
        OperationRunner runner, Background background)
    {
        Options = new StoreOptions(options.RecordBytes, options.WorkspaceBytes);
        Ids = ids;
        Database = database;
        // Another server's commits are known by their entries.
        ClaimWaiters = new WaiterLines<ClaimTarget>(
            database.Peers is null ? null : target => reading.Feed.Subscribe(
                target.WorkspaceId, new FeedFilter(
                    new Glob(RecordSpace.ResourceOf(target.Namespace, "") + "*"), Action: null, AgentId: null)),
            background);
        Writer = new RecordWriter(Options, ClaimWaiters);
        Finder = new RecordFinder(readers, reading.Clock);
        ClaimBuilder = new ClaimBuilder(database, Finder, runner, reading.Time, background, reading.Stopping);
    }

    public StoreOptions Options { get; }

    public IdSource Ids { get; }

    public IDatabase Database { get; }

    public WaiterLines<ClaimTarget> ClaimWaiters { get; }

    public ClaimBuilder ClaimBuilder { get; }

    public RecordWriter Writer { get; }

    public RecordFinder Finder { get; }

    public void AddTo(Registrations server)
    {
        server.DueKinds.Add(
            ExpireRecord.Kind, item => new ExpireRecord(item) { Actor = Actor.System(item.WorkspaceId) });
        server.DueKinds.Add(
            PurgeRecord.Kind, item => new PurgeRecord(item) { Actor = Actor.System(item.WorkspaceId) });
        server.DueKinds.Add(
            EraseCleared.Kind,
            item => new EraseCleared(item, Database) { Actor = Actor.System(item.WorkspaceId) });
        server.DueKinds.Add(
            ExpireLease.Kind,
            item => new ExpireLease(item, Writer) { Actor = Actor.System(item.WorkspaceId) });
        server.DueKinds.Add(
            EraseClaimIndex.Kind,
            item => new EraseClaimIndex(item, Database) { Actor = Actor.System(item.WorkspaceId) });
        AddTo(server.Operations);
        AddTo(server.Reads);
    }

    void AddTo(ReadCatalogue reads)
    {
        var (store, state) = (RecordSpace.Store, RecordSpace.State);
        reads.Add(GetRecord.SpecOf<ReadRecordRequest>(Finder, store));
        reads.Add(GetRecord.SpecOf<ReadStateRequest>(Finder, state));
        reads.Add(GetRecords.SpecOf<GetRecordsRequest>(Finder, store));
        reads.Add(GetRecords.SpecOf<GetStatesRequest>(Finder, state));
        reads.Add(ListRecords.SpecOf<ListRecordsRequest>(this, store));
        reads.Add(ListRecords.SpecOf<ListStatesRequest>(this, state));
        reads.Add(ListNamespaces.Spec);
        reads.Add(SearchRecords.SpecOf(Finder));
    }

    void AddTo(OperationCatalogue operations)
    {
        var (store, state) = (RecordSpace.Store, RecordSpace.State);
        operations.Add(SetRecord.SpecOf<SetRecordRequest>(this, store));
        operations.Add(SetRecord.SpecOf<SetStateRequest>(this, state));
        operations.Add(PatchRecord.SpecOf<PatchRecordRequest>(this, store));
        operations.Add(PatchRecord.SpecOf<PatchStateRequest>(this, state));
        operations.Add(DeleteRecord.SpecOf<DeleteRecordRequest>(store));
        operations.Add(DeleteRecord.SpecOf<DeleteStateRequest>(state));
        operations.Add(SetRecords.SpecOf<SetRecordsRequest>(Writer, store));
        operations.Add(SetRecords.SpecOf<SetStatesRequest>(Writer, state));
        operations.Add(ClearNamespace.SpecOf<ClearNamespaceRequest>(store));
        operations.Add(ClearNamespace.SpecOf<ClearStateRequest>(state));
        operations.Add(ClaimRoutes.SpecOf(this));
        operations.Add(RenewClaim.Spec);
        operations.Add(CompleteClaim.SpecOf(this));
        operations.Add(ReleaseClaim.SpecOf(this));
    }

    public void Map(Routes routes)
    {
        routes.Get("/store", ListNamespaces.Action, NoMorePath.Reader);
        routes.Get("/search/store", SearchRecords.Action);
        MapClaims(routes);
        Map(routes, RecordSpace.Store);
        Map(routes, RecordSpace.State);
    }

    void MapClaims(Routes routes)
    {
        routes.Post(
            "/store/{namespace}/claim", ClaimRecords.Action, RecordPath.OfNamespace(RecordSpace.Store, "claim"),
            (call, claim) => ClaimRoutes.ClaimAsync(call, this, (ClaimRecords)claim));
        routes.Post("/claim/{claim_id}/renew", RenewClaim.Action);
        routes.Post("/claim/{claim_id}/complete", CompleteClaim.Action);
        routes.Post("/claim/{claim_id}/release", ReleaseClaim.Action);
    }

    static void Map(Routes routes, RecordSpace space)
    {
        var (all, one) = (space.Path, space.Path + "/{key}");
        routes.Get(all, space.Action(ListRecords.Verb), RecordPath.OfNamespace(space));
        routes.Post(all, space.Action(SetRecords.Verb), RecordPath.OfNamespace(space));
        routes.PostRead(all + "/get", space.Action(GetRecords.Verb), RecordPath.OfNamespace(space, "get"));
        routes.Post(
            all + "/clear", space.Action(ClearNamespace.Verb), RecordPath.OfNamespace(space, ClearNamespace.Verb));
        routes.Put(one, space.Action(SetRecord.Verb), RecordPath.OfRecord(space));
        routes.Get(one, space.Action(GetRecord.Verb), RecordPath.OfRecord(space));
        routes.Patch(one, space.Action(PatchRecord.Verb), RecordPath.OfRecord(space));
        routes.Delete(one, space.Action(DeleteRecord.Verb), RecordPath.OfRecord(space));
    }
}
