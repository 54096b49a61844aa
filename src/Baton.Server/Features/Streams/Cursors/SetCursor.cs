using Baton.Contracts.Errors;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Streams.Cursors;

/// <summary>Sets a consumer's cursor: `stream.set_cursor`.</summary>
internal sealed class SetCursor(StreamFeature streams, SetCursorRequest request) : CursorOperation(streams, request)
{
    public const string Action = "stream.set_cursor";

    public override string Name => Action;

    public static OperationSpec SpecOf(StreamFeature streams) => new OperationSpec<SetCursorRequest, StreamCursor>(
        Action, "Sets how far a consumer has read in a stream.",
        (request, context) => new SetCursor(streams, request) { Actor = context.Actor })
    {
        Description = """
            `GET /stream/{id}?consumer=` begins after it. It is the reader's own: it may go backwards, to read again.
            Durable, but not in the ledger: the answer carries no `seq`.
            """,
        IsOperational = true,
        Resource = (request, _) => Stream.ResourceOf(request.Stream),
        Done = "The cursor.",
        Errors = [ErrorCodes.StreamNotFound, ErrorCodes.CursorAhead, ErrorCodes.StreamTooManyConsumers],
    };

    public override void Validate(InputErrors errors)
    {
        if (request.EntryId < 0)
            errors.Add("/entry_id", $"`entry_id` is {request.EntryId}, but must be an entry's id, or 0 for none.");
    }

    protected override Decision Decide(UnitOfWork work, StreamRow stream, StreamCursorRow? cursor)
    {
        if (request.EntryId > stream.LastEntry) return StreamFailures.Ahead(request.EntryId, stream.LastEntry);
        if (cursor is null)
        {
            if (stream.Consumers >= StreamOptions.MaxConsumers)
                return new Failure(
                    ErrorCodes.StreamTooManyConsumers,
                    $"The stream {stream.Name} keeps {stream.Consumers} cursors, and that is the most.");
            Streams.Writer.Put(work, stream, stream with { Consumers = stream.Consumers + 1 });
        }

        var row = new StreamCursorRow(
            stream.WorkspaceId, stream.StreamId, request.Consumer, request.EntryId, work.Now, Actor.Name);
        work.Put(StreamCursorRow.Table, row);
        return Effect.OfOperational(row.ToCursor());
    }
}
