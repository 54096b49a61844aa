using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Store.Claims;

/// <summary>Ends a claim with its work done, and counts it, in one commit: `store.complete`.</summary>
internal sealed class CompleteClaim(
    StoreFeature store, string claimId, RecordEdit? edit, CounterChange? counter) : Operation
{
    public const string Action = "store.complete";

    readonly byte[] _salt = Commitment.NewSalt();
    readonly byte[] _counterSalt = Commitment.NewSalt();

    public override string Name => Action;

    public override string Resource => "claim:" + claimId;

    ClaimKey Id => new(Actor.WorkspaceId, claimId);

    public static RouteSpec Spec { get; } = new(Action, "Ends a claim with its work done.")
    {
        Description = """
            `set` is put into the record, and `increment` adds to a counter of the same namespace, in one commit. After
            the lease, or after the claim ended in any other way, nothing is changed: 409 `store.lease_lost`.
            """,
        IsMutation = true,
        Resource = call => "claim:" + call.Route("claim_id"),
        Path = [ClaimRoutes.ClaimId],
        Body = BodySpec.Json<CompleteClaimRequest>() with { Limit = options => options.RecordBytes },
        Answers = [AnswerSpec.Json<ClaimEnded>(200, "The record as it is now.", "Baton-Seq", "ETag")],
        Errors =
        [
            ErrorCodes.StoreLeaseLost, ErrorCodes.StoreNotFound, ErrorCodes.StoreTypeMismatch,
            ErrorCodes.StoreTooLarge, ErrorCodes.WorkspaceFull,
        ],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, StoreFeature store)
    {
        var claimId = call.Route("claim_id");
        _ = call.Query;
        if (call.Errors.Any) return call.Errors.ToFailure();
        var body = await call.ReadJsonAsync<CompleteClaimRequest>();
        if (body.Failure is { } malformed) return malformed;
        var set = body.Value!.Set;
        var edit = set is { Count: > 0 }
            ? PointerEdit.Of(new PatchRecordRequest { Set = set }, call.Errors)
            : null;
        var counter = CounterChange.Of(body.Value.Increment, call.Errors);
        return call.Errors.Any
            ? call.Errors.ToFailure()
            : await call.CommitAsync(new CompleteClaim(store, claimId, edit, counter) { Actor = call.Actor });
    }

    public override void Reads(ReadSet reads) => HeldClaim.Reads(reads, Id);

    public override void MoreReads(IRows rows, ReadSet reads)
    {
        HeldClaim.MoreReads(rows, reads, Id);
        if (counter is not null && rows.Get(ClaimRow.Table, Id) is { } claim)
            reads.Add(RecordRow.Table, claim.RecordKey with { Key = counter.Key });
    }

    public override Outcome<Effect> Decide(UnitOfWork work)
    {
        var found = HeldClaim.FindFor(work, Id);
        if (found.Failure is { } lost) return lost;
        var held = found.Value;
        held.Forget(work);
        var done = Write(work, held.Record, edit, Action, _salt, endsClaim: true);
        if (done.Failure is { } failure) return failure;
        var ended = done.Value!.ToEnded();
        if (counter is null) return new Effect(ended, ended.Version) { Replay = ended.ForReplay() };
        var key = held.Record.Id with { Key = counter.Key };
        if (RecordWriter.FindLive(work, key) is not { } row) return StoreFailures.NotFound(key);
        var counted = Write(work, row, counter.Edit, "store.patch", _counterSalt, endsClaim: false);
        if (counted.Failure is { } uncounted) return uncounted;
        // The counter may be in the record itself.
        if (key == held.Record.Id) ended = counted.Value!.ToEnded();
        ended = ended with { Counter = counted.Value!.ToCounted() };
        return new Effect(ended, ended.Version) { Replay = ended.ForReplay() };
    }

    Outcome<RecordRow> Write(
        UnitOfWork work, RecordRow record, RecordEdit? change, string action, byte[] salt, bool endsClaim)
    {
        var json = change is null ? record.Value : change.Apply(record.Value);
        if (json.Failure is { } unfit) return unfit;
        if (json.Value!.Length > store.Options.MaxBytes)
            return StoreFailures.TooLarge(json.Value.Length, store.Options.MaxBytes);
        return store.Writer.Write(
            work, Actor, action, new RecordChangeRequest(record.Id, RecordValue.Of(json.Value, salt))
            {
                KeepExpiry = true,
                EndsClaim = endsClaim,
            });
    }
}

/// <summary>What a completed claim adds to a counter.</summary>
internal sealed record CounterChange(string Key, RecordEdit Edit)
{
    public static CounterChange? Of(ClaimCounter? request, InputErrors errors)
    {
        if (request is null) return null;
        RecordNames.CheckKey(request.Key, "/increment/key", errors);
        var own = new InputErrors();
        var increment = new Dictionary<string, System.Text.Json.JsonElement> { [request.Pointer] = request.By };
        var edit = PointerEdit.Of(new PatchRecordRequest { Increment = increment }, own);
        if (own.Any) errors.AddAll(own.ToFailure(), _ => "/increment");
        return new CounterChange(request.Key, edit);
    }
}

/// <summary>Ends a claim without its work done: `store.release`.</summary>
internal sealed class ReleaseClaim(StoreFeature store, string claimId) : Operation
{
    public const string Action = "store.release";

    readonly byte[] _salt = Commitment.NewSalt();

    public override string Name => Action;

    public override string Resource => "claim:" + claimId;

    ClaimKey Id => new(Actor.WorkspaceId, claimId);

    public static RouteSpec Spec { get; } = new(Action, "Gives a claimed record back, for others to claim.")
    {
        Description = "What the claim set and nobody touched since goes back to what it was.",
        IsMutation = true,
        Resource = call => "claim:" + call.Route("claim_id"),
        Path = [ClaimRoutes.ClaimId],
        Answers = [AnswerSpec.Json<ClaimEnded>(200, "The record as it is now.", "Baton-Seq", "ETag")],
        Errors = [ErrorCodes.StoreLeaseLost],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, StoreFeature store) =>
        await call.CommitAsync(new ReleaseClaim(store, call.Route("claim_id")) { Actor = call.Actor });

    public override void Reads(ReadSet reads) => HeldClaim.Reads(reads, Id);

    public override void MoreReads(IRows rows, ReadSet reads) => HeldClaim.MoreReads(rows, reads, Id);

    public override Outcome<Effect> Decide(UnitOfWork work)
    {
        var held = HeldClaim.FindFor(work, Id);
        if (held.Failure is { } lost) return lost;
        var back = held.Value.GiveBack(work, store.Writer, Actor, Action, _salt);
        if (back.Failure is { } failure) return failure;
        var ended = back.Value!.ToEnded();
        return new Effect(ended, ended.Version) { Replay = ended.ForReplay() };
    }
}

/// <summary>A claim's lease is over: its record goes back, `store.lease_expired`, by the actor `system`.</summary>
internal sealed class ExpireLease(DueRow item, RecordWriter writer) : DueOperation(item)
{
    public const string Kind = "store.lease_expired";

    readonly byte[] _salt = Commitment.NewSalt();

    ClaimKey Id => new(Item.WorkspaceId, Item.Resource);

    public override void Reads(ReadSet reads) => HeldClaim.Reads(reads, Id);

    public override void MoreReads(IRows rows, ReadSet reads) => HeldClaim.MoreReads(rows, reads, Id);

    protected override void Happen(UnitOfWork work)
    {
        if (work.Get(ClaimRow.Table, Id) is not { } claim || claim.LeaseUntil != Item.DueAt) return;
        if (HeldClaim.Find(work, Id) is not { } held)
        {
            claim.Forget(work);
            return;
        }

        var back = held.GiveBack(work, writer, Actor, Kind, _salt);
        if (back.Failure is { } failure)
            throw new InvalidOperationException($"A lease could not end: {failure.Code.Code}");
    }
}

/// <summary>Holds a claim for longer: `store.renew`. Operational: not in the ledger.</summary>
internal sealed class RenewClaim(string claimId, RenewClaimRequest request) : Operation
{
    public const string Action = "store.renew";

    public override string Name => Action;

    public override string Resource => "claim:" + claimId;

    ClaimKey Id => new(Actor.WorkspaceId, claimId);

    /// <summary>Set when it was decided.</summary>
    public ClaimRenewed? Renewed { get; private set; }

    public static RouteSpec Spec { get; } = new(Action, "Holds a claim for longer, from now on.")
    {
        Description = "Not in the ledger. To repeat it is safe: the last one counts.",
        Resource = call => "claim:" + call.Route("claim_id"),
        Path = [ClaimRoutes.ClaimId],
        Body = BodySpec.Json<RenewClaimRequest>(),
        Answers = [AnswerSpec.Json<ClaimRenewed>(200, "The claim is held until then.")],
        Errors = [ErrorCodes.StoreLeaseLost],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call)
    {
        var claimId = call.Route("claim_id");
        _ = call.Query;
        if (call.Errors.Any) return call.Errors.ToFailure();
        var body = await call.ReadJsonAsync<RenewClaimRequest>();
        if (body.Failure is { } malformed) return malformed;
        var renew = new RenewClaim(claimId, body.Value!) { Actor = call.Actor };
        var outcome = await call.RunAsync(renew);
        if (outcome.Failure is { } failure) return failure;
        await call.AnswerAsync(StatusCodes.Status200OK, renew.Renewed!);
        return null;
    }

    public override void Validate(InputErrors errors) =>
        ClaimWish.CheckRange("/lease_seconds", request.LeaseSeconds, 1, ClaimWish.MaxLeaseSeconds, errors);

    public override void Reads(ReadSet reads) => HeldClaim.Reads(reads, Id);

    public override void MoreReads(IRows rows, ReadSet reads) => HeldClaim.MoreReads(rows, reads, Id);

    public override Outcome<Effect> Decide(UnitOfWork work)
    {
        var found = HeldClaim.FindFor(work, Id);
        if (found.Failure is { } lost) return lost;
        var claim = found.Value.Claim;
        var renewed = claim with { LeaseUntil = work.Now + (request.LeaseSeconds * Micros.PerSecond) };
        work.Unschedule(claim.LeaseUntil, ExpireLease.Kind, claim.ClaimId);
        work.Put(ClaimRow.Table, renewed);
        work.Schedule(renewed.LeaseUntil, ExpireLease.Kind, claim.ClaimId);
        Renewed = new ClaimRenewed(claim.ClaimId, claim.Fence, Micros.ToTime(renewed.LeaseUntil));
        return new Effect(Answer: null);
    }
}
