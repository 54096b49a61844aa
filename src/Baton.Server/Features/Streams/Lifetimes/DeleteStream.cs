using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Streams.Lifetimes;

/// <summary>Deletes a stream with all its entries: `stream.delete`.</summary>
internal sealed class DeleteStream(StreamFeature streams, DeleteStreamRequest request) : Operation
{
    public const string Action = "stream.delete";

    public override string Name => Action;

    public override string Resource => Stream.ResourceOf(request.Stream);

    public Precondition Precondition { get; init; } = Precondition.None;

    StreamRef Ref => new(Actor.WorkspaceId, request.Stream);

    public static OperationSpec SpecOf(StreamFeature streams) => new OperationSpec<DeleteStreamRequest, Deleted>(
        Action, "Deletes a stream and erases all its entries and cursors.",
        (request, context) => new DeleteStream(streams, request)
        {
            Actor = context.Actor,
            Precondition = context.Precondition,
        })
    {
        Description = """
            Whoever waits for it is answered 404. Its id is never given again: a stream created under its name is
            another one, and counts from 1.
            """,
        IsForTransactions = true,
        Resource = (request, _) => Stream.ResourceOf(request.Stream),
        Done = "The stream is deleted.",
        HasVersion = true,
        Errors = [ErrorCodes.StreamNotFound, ErrorCodes.VersionMismatch],
    };

    public override void Reads(ReadSet reads)
    {
        if (Ref.Find(reads) is { } row)
            reads.Add(StreamNameRow.Table, new StreamNameKey(Actor.WorkspaceId, row.Name));
    }

    public override Decision Decide(UnitOfWork work)
    {
        var live = Ref.Find(work);
        if (Precondition.Check(live?.Version ?? 0) is { } mismatch) return mismatch;
        if (live is null) return StreamFailures.NotFound(request.Stream);
        var ended = streams.Writer.End(work, this, live);
        return new Effect(new Deleted { Version = ended.Version }, ended.Version);
    }
}
