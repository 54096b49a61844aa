using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Streams.Cursors;

/// <summary>Lists the cursors of a stream.</summary>
internal static class ListCursors
{
    public static RouteSpec Spec { get; } = new("stream.cursors", "Lists the consumers of a stream and their cursors.")
    {
        Description = "By name; all of them on one page, for a stream keeps at most 1 000.",
        Role = Role.Agent,
        Resource = StreamRoutes.ResourceOf,
        Path = [StreamRoutes.Id],
        Answers =
        [
            AnswerSpec.Json<Page<StreamCursor>>(200, "Every cursor; `next_cursor` is null.", "Baton-Seq"),
        ],
        Errors = [ErrorCodes.StreamNotFound],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, StreamFinder finder)
    {
        var id = StreamRoutes.ReadId(call);
        _ = call.Query;
        if (call.Errors.Any) return call.Errors.ToFailure();
        return await call.AnswerAsync(await ReadAsync(call.Caller, finder, id));
    }

    public static async ValueTask<Outcome<Page<StreamCursor>>> ReadAsync(Caller caller, StreamFinder finder, string id)
    {
        caller.Look();
        if (await finder.FindAsync(caller.WorkspaceId, id, caller.Aborted) is not { } stream
            || !caller.MaySee(Spec.Action, stream.Resource))
            return StreamFailures.NotFound(id);
        var items = await caller.Reads.ReadAsync(stream.Key, ReadAllAsync, caller.Aborted);
        return new Page<StreamCursor>(items, NextCursor: null);
    }

    static async ValueTask<List<StreamCursor>> ReadAllAsync(
        ReadSession session, StreamKey key, CancellationToken cancellation)
    {
        var command = session.Command(
            """
            SELECT workspace_id, stream_id, consumer, entry_id, updated_at, updated_by FROM stream_cursor
            WHERE workspace_id = @workspace_id AND stream_id = @stream_id ORDER BY consumer LIMIT @limit
            """,
            ("@workspace_id", key.WorkspaceId), ("@stream_id", key.StreamId),
            ("@limit", (long)StreamOptions.MaxConsumers));
        var items = new List<StreamCursor>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) items.Add(StreamCursorRow.Table.Read(reader).ToCursor());
        return items;
    }
}
