using Baton.Contracts.Errors;
using Baton.Contracts.Ledger;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Streams.Lifetimes;

/// <summary>Lets a stream end later: `stream.extend`.</summary>
internal sealed class ExtendStream(StreamFeature streams, string id, ExtendStreamRequest request) : Operation
{
    public const string Action = "stream.extend";

    public override string Name => Action;

    public override string Resource => Stream.ResourceOf(id);

    public Precondition Precondition { get; init; } = Precondition.None;

    StreamRef Ref => new(Actor.WorkspaceId, id);

    public static RouteSpec Spec { get; } = new(Action, "Lets a stream end later than it would.")
    {
        Description = "`extra_time` is added to the end that it has now, not to the present.",
        IsMutation = true,
        Resource = StreamRoutes.ResourceOf,
        Path = [StreamRoutes.Id],
        Headers = [StreamRoutes.IfMatch],
        Body = BodySpec.Json<ExtendStreamRequest>(),
        Answers = [AnswerSpec.Json<StreamInfo>(200, "The stream with its new end.", "Baton-Seq", "ETag")],
        Errors = [ErrorCodes.StreamNotFound, ErrorCodes.StreamNeverExpires, ErrorCodes.VersionMismatch],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, StreamFeature streams)
    {
        var id = StreamRoutes.ReadId(call);
        var precondition = Precondition.Read(call.Http.Request, call.Errors);
        if (call.Errors.Any) return call.Errors.ToFailure();
        var body = await call.ReadJsonAsync<ExtendStreamRequest>();
        if (body.Failure is { } failure) return failure;
        return await call.CommitAsync(new ExtendStream(streams, id, body.Value!)
        {
            Actor = call.Actor,
            Precondition = precondition,
        });
    }

    public override void Validate(InputErrors errors)
    {
        if (request.ExtraTime is < 1 or > StreamOptions.MaxTtlSeconds)
            errors.Add(
                "/extra_time", $"It is {request.ExtraTime}, but must be 1 to {StreamOptions.MaxTtlSeconds} seconds.");
    }

    public override void Reads(ReadSet reads) => Ref.Reads(reads);

    public override void MoreReads(IRows rows, ReadSet reads) => Ref.MoreReads(rows, reads);

    public override Outcome<Effect> Decide(UnitOfWork work)
    {
        var live = Ref.Find(work, work.Now);
        if (Precondition.Check(live?.Version ?? 0) is { } mismatch) return mismatch;
        if (live is null) return StreamFailures.NotFound(id);
        if (live.ExpiresAt is not { } end) return new Failure(ErrorCodes.StreamNeverExpires);
        var next = end + (request.ExtraTime * Micros.PerSecond);
        if (next - work.Now > StreamOptions.MaxTtlSeconds * Micros.PerSecond) return TooFar();
        var detail = new Detail().Add("extra_time", request.ExtraTime);
        var seq = work.Record(Action, live.Resource, live.Version + 1, detail.ToBytes());
        var row = live with { ExpiresAt = next, Version = live.Version + 1, UpdatedSeq = seq };
        streams.Writer.Put(work, live, row);
        return new Effect(row.ToInfo(Actor), row.Version);
    }

    static Failure TooFar()
    {
        var errors = new InputErrors();
        errors.Add(
            "/extra_time", $"The stream would end more than {StreamOptions.MaxTtlSeconds} seconds from now.");
        return errors.ToFailure();
    }
}
