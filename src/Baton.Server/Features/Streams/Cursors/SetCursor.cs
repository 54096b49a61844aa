using Baton.Contracts.Errors;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Streams.Cursors;

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
        IsOperational = true,
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
        if (await streams.Finder.FindAsync(call.Actor.WorkspaceId, id, call.Aborted) is not { } stream)
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
