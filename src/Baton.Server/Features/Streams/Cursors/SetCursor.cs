using Baton.Contracts.Errors;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Streams.Cursors;

/// <summary>Sets a consumer's cursor. Operational: durable, not in the ledger.</summary>
/// <remarks>The stream was found before, by id or by name. If it has ended since, the cursor came too late.</remarks>
internal sealed class SetCursor(StreamFeature streams, SetCursorRequest request) : Operation
{
    public const string Action = "stream.set_cursor";

    StreamKey _key;

    public override string Name => Action;

    public override string Resource => Stream.ResourceOf(request.Stream);

    StreamCursorKey CursorKey => new(_key.WorkspaceId, _key.StreamId, request.Consumer);

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
        if (request.EntryId > live.LastEntry) return StreamFailures.Ahead(request.EntryId, live.LastEntry);
        if (work.Get(StreamCursorRow.Table, CursorKey) is null)
        {
            if (live.Consumers >= StreamOptions.MaxConsumers)
                return new Failure(
                    ErrorCodes.StreamTooManyConsumers,
                    $"The stream {live.Name} keeps {live.Consumers} cursors, and that is the most.");
            streams.Writer.Put(work, live, live with { Consumers = live.Consumers + 1 });
        }

        var row = new StreamCursorRow(
            _key.WorkspaceId, _key.StreamId, request.Consumer, request.EntryId, work.Now, Actor.Name);
        work.Put(StreamCursorRow.Table, row);
        return Effect.OfOperational(row.ToCursor());
    }
}
