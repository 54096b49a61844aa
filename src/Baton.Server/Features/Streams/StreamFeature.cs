using Baton.Server.Features.Streams.Cursors;
using Baton.Server.Features.Streams.Following;
using Baton.Server.Features.Streams.Lifetimes;
using Baton.Server.Platform;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Streams;

/// <summary>Logs that agents append to and follow: every route on one screen.</summary>
internal sealed class StreamFeature
{
    StreamFeature(BatonServer server)
    {
        WorkspaceBytes = server.Options.WorkspaceBytes;
        Ids = server.Ids;
        Schemas = server.Schemas;
        Store = new StreamStore(server);
        Tails = new StreamTails(
            server.Feed, (key, cancellation) => Store.FindAsync(key.WorkspaceId, key.StreamId, cancellation),
            server.Background);
        server.Feed.HistoryWentBack += Tails.Forget;
        Writer = new StreamWriter(Tails);
        Renewals = new StreamRenewals(server.Runner, Writer);
    }

    /// <summary>Bytes that a workspace may hold.</summary>
    public long WorkspaceBytes { get; }

    public IdSource Ids { get; }

    public SchemaRegistry Schemas { get; }

    public StreamStore Store { get; }

    public StreamTails Tails { get; }

    public StreamWriter Writer { get; }

    public StreamRenewals Renewals { get; }

    public static StreamFeature Add(BatonServer server)
    {
        var streams = new StreamFeature(server);
        server.DueKinds.Add(
            ExpireStream.Kind,
            item => new ExpireStream(item, streams.Writer) { Actor = Actor.System(item.WorkspaceId) });
        server.DueKinds.Add(
            RetainStream.Kind,
            item => new RetainStream(item, streams.Writer, streams.Store) { Actor = Actor.System(item.WorkspaceId) });
        server.DueKinds.Add(
            EraseEntries.Kind,
            item => new EraseEntries(item, streams.Writer) { Actor = Actor.System(item.WorkspaceId) });
        new StreamOperations(streams, streams.Ids, server.Options.BodyBytes).AddTo(server.Operations);
        return streams;
    }

    public void Map(Routes routes)
    {
        routes.Post("/stream", CreateStream.Spec, call => CreateStream.HandleAsync(call, this));
        routes.Get("/streams", ListStreams.Spec, ListStreams.HandleAsync);
        routes.Post("/stream/{id}", AppendToStream.Spec, call => AppendToStream.HandleAsync(call, this));
        routes.Get("/stream/{id}", ReadStream.Spec, call => ReadStream.HandleAsync(call, this));
        routes.Patch("/stream/{id}", ExtendStream.Spec, call => ExtendStream.HandleAsync(call, this));
        routes.Delete("/stream/{id}", DeleteStream.Spec, call => DeleteStream.HandleAsync(call, this));
        routes.Get("/stream/{id}/latest", LatestEntry.Spec, call => LatestEntry.HandleAsync(call, this));
        routes.Get("/stream/{id}/join", JoinStream.Spec, call => JoinStream.HandleAsync(call, this));
        routes.Get("/stream/{id}/cursors", ListCursors.Spec, call => ListCursors.HandleAsync(call, Store));
        routes.Put("/stream/{id}/cursors/{consumer}", SetCursor.Spec, call => SetCursor.HandleAsync(call, this));
        routes.Delete(
            "/stream/{id}/cursors/{consumer}", RemoveCursor.Spec, call => RemoveCursor.HandleAsync(call, this));
    }
}
