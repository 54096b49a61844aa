using Baton.Contracts.Errors;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Http;

namespace Baton.Server.Features.Streams.Cursors;

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
        IsOperational = true,
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
        if (await streams.Finder.FindAsync(call.Actor.WorkspaceId, id, call.Aborted) is not { } stream)
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
