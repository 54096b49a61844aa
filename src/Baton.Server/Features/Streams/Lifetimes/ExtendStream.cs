using Baton.Contracts.Errors;
using Baton.Contracts.Ledger;
using Baton.Contracts.Requests;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Streams.Lifetimes;

/// <summary>Lets a stream end later: `stream.extend`.</summary>
internal sealed class ExtendStream(StreamFeature streams, ExtendStreamRequest request) : Operation
{
    public const string Action = "stream.extend";

    public override string Name => Action;

    public override string Resource => Stream.ResourceOf(request.Stream);

    public Precondition Precondition { get; init; } = Precondition.None;

    StreamRef Ref => new(Actor.WorkspaceId, request.Stream);

    public static OperationSpec SpecOf(StreamFeature streams) => new OperationSpec<ExtendStreamRequest, StreamInfo>(
        Action, "Lets a stream end later than it would.",
        (request, context) => new ExtendStream(streams, request)
        {
            Actor = context.Actor,
            Precondition = context.Precondition,
        })
    {
        Description = "`extra_time` is added to the end that it has now, not to the present.",
        IsForTransactions = true,
        Resource = (request, _) => Stream.ResourceOf(request.Stream),
        Done = "The stream with its new end.",
        HasVersion = true,
        Errors = [ErrorCodes.StreamNotFound, ErrorCodes.StreamNeverExpires, ErrorCodes.VersionMismatch],
    };

    public override void Reads(ReadSet reads) => Ref.Read(reads);

    public override Decision Decide(UnitOfWork work)
    {
        var live = Ref.Find(work);
        if (Precondition.Check(live?.Version ?? 0) is { } mismatch) return mismatch;
        if (live is null) return StreamFailures.NotFound(request.Stream);
        if (live.ExpiresAt is not { } end) return new Failure(ErrorCodes.StreamNeverExpires);
        var next = end + (request.ExtraTime * Micros.PerSecond);
        if (next - work.Now > RequestLimits.MaxTtlSeconds * Micros.PerSecond) return TooFar();
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
            "/extra_time", $"The stream would end more than {RequestLimits.MaxTtlSeconds} seconds from now.");
        return errors.ToFailure() with { IsOfRequest = true };
    }
}
