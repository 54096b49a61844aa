using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Streams;

/// <summary>Sets a consumer's cursor. Operational: durable, not in the ledger.</summary>
/// <remarks>
/// The stream was found before, by id or name: if it ended since, the cursor came too late for it.
/// </remarks>
internal sealed class SetCursor(StreamFeature streams, StreamKey key, string consumer, long entryId) : Operation
{
    public override string Name => "stream.set_cursor";

    public override string Resource => Stream.ResourceOf(key.StreamId);

    /// <summary>What was set, when it is durable.</summary>
    public StreamCursor? Cursor { get; private set; }

    StreamCursorKey CursorKey => new(key.WorkspaceId, key.StreamId, consumer);

    public static readonly ParameterSpec Consumer = new("consumer", "string", "The reader's name: " + Names.Rule)
    {
        Pattern = Names.Pattern,
    };

    public static RouteSpec Spec { get; } = new("stream.set_cursor", "Sets how far a consumer has read in a stream.")
    {
        Description = """
            `GET /stream/{id}?consumer=` begins after it. It is the reader's own: it may go backwards, to read again.
            Durable, but not in the ledger: the answer carries no `seq`.
            """,
        Resource = StreamRoutes.ResourceOf,
        Path = [StreamRoutes.Id, Consumer],
        Body = BodySpec.Json<SetCursorRequest>(),
        Answers = [AnswerSpec.Json<StreamCursor>(200, "The cursor.")],
        Errors = [ErrorCodes.StreamNotFound, ErrorCodes.CursorAhead, ErrorCodes.StreamTooManyConsumers],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, StreamFeature streams)
    {
        var id = StreamRoutes.ReadId(call);
        var consumer = ReadConsumer(call);
        _ = call.Query;
        if (call.Errors.Any) return call.Errors.ToFailure();
        var body = await call.ReadJsonAsync<SetCursorRequest>();
        if (body.Failure is { } failure) return failure;
        if (await streams.Store.FindAsync(call.Actor.WorkspaceId, id, call.Aborted) is not { } stream)
            return StreamFailures.NotFound(id);
        var operation = new SetCursor(streams, stream.Key, consumer, body.Value!.EntryId) { Actor = call.Actor };
        var outcome = await call.RunOperationalAsync(operation);
        if (outcome.Failure is { } refused) return refused;
        await call.AnswerAsync(200, operation.Cursor!);
        return null;
    }

    public static string ReadConsumer(HttpCall call)
    {
        var consumer = call.Route("consumer");
        Names.Check(consumer, "path:consumer", call.Errors);
        return consumer;
    }

    public override void Validate(InputErrors errors)
    {
        if (entryId < 0) errors.Add("/entry_id", $"It is {entryId}, but must be an entry's id, or 0 for none.");
    }

    public override void Reads(ReadSet reads)
    {
        reads.Add(StreamRow.Table, key);
        reads.Add(StreamCursorRow.Table, CursorKey);
    }

    public override Outcome<Effect> Decide(UnitOfWork work)
    {
        Cursor = null;
        var live = work.Get(StreamRow.Table, key);
        if (live?.IsLive(work.Now) != true) return StreamFailures.NotFound(key.StreamId);
        if (entryId > live.LastEntry) return StreamFailures.Ahead(entryId, live.LastEntry);
        if (work.Get(StreamCursorRow.Table, CursorKey) is null)
        {
            if (live.Consumers >= StreamOptions.MaxConsumers)
                return new Failure(
                    ErrorCodes.StreamTooManyConsumers,
                    $"The stream {live.Name} keeps {live.Consumers} cursors, and that is the most.");
            streams.Writer.Put(work, live, live with { Consumers = live.Consumers + 1 });
        }

        var row = new StreamCursorRow(
            key.WorkspaceId, key.StreamId, consumer, entryId, work.Now, Actor.Name);
        work.Put(StreamCursorRow.Table, row);
        Cursor = row.ToCursor();
        return new Effect(Answer: null);
    }
}

/// <summary>Removes a consumer's cursor. Operational: not in the ledger.</summary>
internal sealed class RemoveCursor(StreamFeature streams, StreamKey key, string consumer) : Operation
{
    public override string Name => "stream.remove_cursor";

    public override string Resource => Stream.ResourceOf(key.StreamId);

    /// <summary>What was there.</summary>
    public StreamCursor? Removed { get; private set; }

    StreamCursorKey CursorKey => new(key.WorkspaceId, key.StreamId, consumer);

    public static RouteSpec Spec { get; } = new("stream.remove_cursor", "Removes a consumer's cursor from a stream.")
    {
        Description = "The answer is what it was. Like setting it, this is not in the ledger.",
        Resource = StreamRoutes.ResourceOf,
        Path = [StreamRoutes.Id, SetCursor.Consumer],
        Answers = [AnswerSpec.Json<StreamCursor>(200, "The cursor as it was.")],
        Errors = [ErrorCodes.StreamNotFound, ErrorCodes.StreamConsumerNotFound],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, StreamFeature streams)
    {
        var id = StreamRoutes.ReadId(call);
        var consumer = SetCursor.ReadConsumer(call);
        _ = call.Query;
        if (call.Errors.Any) return call.Errors.ToFailure();
        if (await streams.Store.FindAsync(call.Actor.WorkspaceId, id, call.Aborted) is not { } stream)
            return StreamFailures.NotFound(id);
        var operation = new RemoveCursor(streams, stream.Key, consumer) { Actor = call.Actor };
        var outcome = await call.RunOperationalAsync(operation);
        if (outcome.Failure is { } failure) return failure;
        await call.AnswerAsync(200, operation.Removed!);
        return null;
    }

    public override void Reads(ReadSet reads)
    {
        reads.Add(StreamRow.Table, key);
        reads.Add(StreamCursorRow.Table, CursorKey);
    }

    public override Outcome<Effect> Decide(UnitOfWork work)
    {
        Removed = null;
        var live = work.Get(StreamRow.Table, key);
        if (live?.IsLive(work.Now) != true) return StreamFailures.NotFound(key.StreamId);
        if (work.Get(StreamCursorRow.Table, CursorKey) is not { } row)
            return new Failure(
                ErrorCodes.StreamConsumerNotFound, $"The stream {live.Name} keeps no cursor of {consumer}.");
        work.Delete(StreamCursorRow.Table, CursorKey);
        streams.Writer.Put(work, live, live with { Consumers = live.Consumers - 1 });
        Removed = row.ToCursor();
        return new Effect(Answer: null);
    }
}

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

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, StreamStore store)
    {
        var id = StreamRoutes.ReadId(call);
        _ = call.Query;
        if (call.Errors.Any) return call.Errors.ToFailure();
        return await call.AnswerAsync(await ReadAsync(call.Caller, store, id));
    }

    public static async ValueTask<Outcome<Page<StreamCursor>>> ReadAsync(Caller caller, StreamStore store, string id)
    {
        caller.Look();
        if (await store.FindAsync(caller.WorkspaceId, id, caller.Aborted) is not { } stream
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
