using Baton.Server.Features.Streams.Cursors;
using Baton.Server.Features.Streams.Entries;
using Baton.Server.Features.Streams.Following;
using Baton.Server.Features.Streams.Lifetimes;
using Baton.Server.Platform;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Streams;

/// <summary>Logs that agents append to and follow: every route on one screen.</summary>
internal sealed class StreamFeature
{
    public StreamFeature(
        BatonOptions options, IdSource ids, IDatabase database, RowReaders readers, LaneClock clock,
        ISchemas schemas, OperationRunner runner, ChangeFeed feed, Background background)
    {
        WorkspaceBytes = options.WorkspaceBytes;
        MaxEntryBytes = options.BodyBytes;
        Ids = ids;
        Schemas = schemas;
        Finder = new StreamFinder(database, readers, clock);
        Tails = new StreamTails(
            feed, (key, cancellation) => Finder.FindAsync(key.WorkspaceId, key.StreamId, cancellation), background);
        feed.HistoryWentBack += Tails.Forget;
        Writer = new StreamWriter(Tails);
        Renewals = new StreamRenewals(runner, Writer);
    }

    /// <summary>Bytes that a workspace may hold.</summary>
    public long WorkspaceBytes { get; }

    /// <summary>Bytes that the `data` of one entry may have.</summary>
    public long MaxEntryBytes { get; }

    public IdSource Ids { get; }

    public ISchemas Schemas { get; }

    public StreamFinder Finder { get; }

    public StreamTails Tails { get; }

    public StreamWriter Writer { get; }

    public StreamRenewals Renewals { get; }

    public void AddTo(Registrations server)
    {
        server.DueKinds.Add(
            ExpireStream.Kind,
            item => new ExpireStream(item, Writer) { Actor = Actor.System(item.WorkspaceId) });
        server.DueKinds.Add(
            RetainStream.Kind,
            item => new RetainStream(item, Writer, Finder) { Actor = Actor.System(item.WorkspaceId) });
        server.DueKinds.Add(
            EraseEntries.Kind,
            item => new EraseEntries(item, Writer) { Actor = Actor.System(item.WorkspaceId) });
        server.Operations.Add(CreateStream.SpecOf(this));
        server.Operations.Add(AppendToStream.SpecOf(this));
        server.Operations.Add(ExtendStream.SpecOf(this));
        server.Operations.Add(DeleteStream.SpecOf(this));
        server.Operations.Add(SetCursor.SpecOf(this));
        server.Operations.Add(RemoveCursor.SpecOf(this));
        server.Reads.Add(ListStreams.Spec);
        server.Reads.Add(ReadStream.SpecOf(this));
        server.Reads.Add(LatestEntry.SpecOf(this));
        server.Reads.Add(JoinStream.SpecOf(this));
        server.Reads.Add(ListCursors.SpecOf(Finder));
    }

    public static void Map(Routes routes)
    {
        routes.Post("/stream", CreateStream.Action);
        routes.Get("/streams", ListStreams.Action);
        routes.Post("/stream/{id}", AppendToStream.Action);
        routes.Get("/stream/{id}", ReadStream.Action);
        routes.Patch("/stream/{id}", ExtendStream.Action);
        routes.Delete("/stream/{id}", DeleteStream.Action);
        routes.Get("/stream/{id}/latest", LatestEntry.Action);
        routes.Get("/stream/{id}/join", JoinStream.Action);
        routes.Get("/stream/{id}/cursors", ListCursors.Action);
        routes.Put("/stream/{id}/cursors/{consumer}", SetCursor.Action);
        routes.Delete("/stream/{id}/cursors/{consumer}", RemoveCursor.Action);
    }
}
