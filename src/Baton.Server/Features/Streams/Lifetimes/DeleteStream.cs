using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Streams.Lifetimes;

/// <summary>Deletes a stream with all its entries: `stream.delete`.</summary>
internal sealed class DeleteStream(StreamFeature streams, string id) : Operation
{
    public const string Action = "stream.delete";

    public override string Name => Action;

    public override string Resource => Stream.ResourceOf(id);

    public Precondition Precondition { get; init; } = Precondition.None;

    StreamRef Ref => new(Actor.WorkspaceId, id);

    public static RouteSpec Spec { get; } = new(Action, "Deletes a stream and erases all its entries and cursors.")
    {
        Description = """
            Whoever waits for it is answered 404. Its id is never given again: a stream created under its name is
            another one, and counts from 1.
            """,
        IsMutation = true,
        Resource = StreamRoutes.ResourceOf,
        Path = [StreamRoutes.Id],
        Headers = [StreamRoutes.IfMatch],
        Answers = [AnswerSpec.Json<Deleted>(200, "The stream is deleted.", "Baton-Seq", "ETag")],
        Errors = [ErrorCodes.StreamNotFound, ErrorCodes.VersionMismatch],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, StreamFeature streams)
    {
        var id = StreamRoutes.ReadId(call);
        var precondition = Precondition.Read(call.Http.Request, call.Errors);
        return call.Errors.Any
            ? call.Errors.ToFailure()
            : await call.CommitAsync(new DeleteStream(streams, id) { Actor = call.Actor, Precondition = precondition });
    }

    public override void Reads(ReadSet reads) => Ref.Reads(reads);

    public override void MoreReads(IRows rows, ReadSet reads)
    {
        Ref.MoreReads(rows, reads);
        if (StreamRef.IsId(id) && rows.Get(StreamRow.Table, new StreamKey(Actor.WorkspaceId, id)) is { } row)
            reads.Add(StreamNameRow.Table, new StreamNameKey(Actor.WorkspaceId, row.Name));
    }

    public override Outcome<Effect> Decide(UnitOfWork work)
    {
        var live = Ref.Find(work, work.Now);
        if (Precondition.Check(live?.Version ?? 0) is { } mismatch) return mismatch;
        if (live is null) return StreamFailures.NotFound(id);
        var ended = streams.Writer.End(work, this, live);
        return new Effect(new Deleted { Version = ended.Version }, ended.Version);
    }
}
