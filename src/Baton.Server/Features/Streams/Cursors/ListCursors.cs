using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Streams.Cursors;

/// <summary>Lists the cursors of a stream.</summary>
internal static class ListCursors
{
    public const string Action = "stream.cursors";

    public static ReadSpec SpecOf(StreamFinder finder) => new ReadSpec<ListStreamCursorsRequest, Page<StreamCursor>>(
        Action, "Lists the consumers of a stream and their cursors.",
        (caller, request) => ReadAsync(caller, finder, request.Stream))
    {
        Description = "By name; all of them on one page, for a stream keeps at most 1 000.",
        Role = Role.Agent,
        Resource = (request, _) => Stream.ResourceOf(request.Stream),
        Found = "Every cursor; `next_cursor` is null.",
        Errors = [ErrorCodes.StreamNotFound],
    };

    static async ValueTask<Outcome<Page<StreamCursor>>> ReadAsync(Caller caller, StreamFinder finder, string id)
    {
        caller.Look();
        if (await finder.FindAsync(caller.WorkspaceId, id, caller.Aborted) is not { } stream
            || !caller.MaySee(Action, stream.Resource))
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
