using Baton.Contracts.Errors;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;

namespace Baton.Server.Features.Streams.Cursors;

/// <summary>Removes a consumer's cursor. Operational: not in the ledger.</summary>
internal sealed class RemoveCursor(StreamFeature streams, RemoveCursorRequest request) : Operation
{
    public const string Action = "stream.remove_cursor";

    StreamKey _key;

    public override string Name => Action;

    public override string Resource => Stream.ResourceOf(request.Stream);

    StreamCursorKey CursorKey => new(_key.WorkspaceId, _key.StreamId, request.Consumer);

    public static OperationSpec SpecOf(StreamFeature streams) => new OperationSpec<RemoveCursorRequest, StreamCursor>(
        Action, "Removes a consumer's cursor from a stream.",
        (request, context) => new RemoveCursor(streams, request) { Actor = context.Actor })
    {
        Description = "The answer is what it was. Like setting it, this is not in the ledger.",
        IsOperational = true,
        Resource = (request, _) => Stream.ResourceOf(request.Stream),
        Done = "The cursor as it was.",
        Errors = [ErrorCodes.StreamNotFound, ErrorCodes.StreamConsumerNotFound],
    };

    public override async ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
    {
        if (await streams.Finder.FindAsync(Actor.WorkspaceId, request.Stream, cancellation) is not { } stream)
            return StreamFailures.NotFound(request.Stream);
        _key = stream.Key;
        return null;
    }

    public override void Reads(ReadSet reads)
    {
        reads.Add(StreamRow.Table, _key);
        reads.Add(StreamCursorRow.Table, CursorKey);
    }

    public override Decision Decide(UnitOfWork work)
    {
        var live = work.Get(StreamRow.Table, _key);
        if (live?.IsLive(work.Now) != true) return StreamFailures.NotFound(_key.StreamId);
        if (work.Get(StreamCursorRow.Table, CursorKey) is not { } row)
            return new Failure(
                ErrorCodes.StreamConsumerNotFound, $"The stream {live.Name} keeps no cursor of {request.Consumer}.");
        work.Delete(StreamCursorRow.Table, CursorKey);
        streams.Writer.Put(work, live, live with { Consumers = live.Consumers - 1 });
        return Effect.OfOperational(row.ToCursor());
    }
}
