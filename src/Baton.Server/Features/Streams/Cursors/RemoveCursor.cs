using Baton.Contracts.Errors;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Operations;

namespace Baton.Server.Features.Streams.Cursors;

/// <summary>Removes a consumer's cursor: `stream.remove_cursor`.</summary>
internal sealed class RemoveCursor(StreamFeature streams, RemoveCursorRequest request)
    : CursorOperation(streams, request)
{
    public const string Action = "stream.remove_cursor";

    public override string Name => Action;

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

    protected override Decision Decide(UnitOfWork work, StreamRow stream, StreamCursorRow? cursor)
    {
        if (cursor is null)
            return new Failure(
                ErrorCodes.StreamConsumerNotFound, $"The stream {stream.Name} keeps no cursor of {request.Consumer}.");
        work.Delete(StreamCursorRow.Table, CursorKey);
        Streams.Writer.Put(work, stream, stream with { Consumers = stream.Consumers - 1 });
        return Effect.OfOperational(cursor.ToCursor());
    }
}
