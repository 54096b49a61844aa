using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Records;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Features.Store.Records.Patches;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
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

    public override string Resource => ClaimRow.ResourceOf(claimId);

    ClaimKey Id => new(Actor.WorkspaceId, claimId);

    public static OperationSpec SpecOf(StoreFeature store) => new OperationSpec<CompleteClaimRequest, ClaimEnded>(
        Action, "Ends a claim with its work done.", (request, context) => Make(store, request, context))
    {
        Description = """
            `set` is put into the record, and `increment` adds to a counter of the same namespace, in one commit. After
            the lease, or after the claim ended in any other way, nothing is changed: 409 `store.lease_lost`.
            """,
        Resource = (request, _) => ClaimRow.ResourceOf(request.ClaimId),
        BodyLimit = options => options.RecordBytes,
        Done = "The record as it is now.",
        HasVersion = true,
        Errors =
        [
            ErrorCodes.StoreLeaseLost, ErrorCodes.StoreNotFound, ErrorCodes.StoreTypeMismatch,
            ErrorCodes.StoreTooLarge, ErrorCodes.WorkspaceFull,
        ],
    };

    static Outcome<Operation> Make(StoreFeature store, CompleteClaimRequest request, OperationContext context)
    {
        var wrong = new InputErrors();
        var edit = request.Set is { Count: > 0 } set
            ? PointerEdit.Of(new PointerChanges { Set = set }, wrong)
            : null;
        var counter = CounterChange.Of(request.Increment, wrong);
        if (wrong.Any) return wrong.ToFailure() with { IsOfRequest = true };
        return new CompleteClaim(store, request.ClaimId, edit, counter) { Actor = context.Actor };
    }

    public override void Reads(ReadSet reads)
    {
        if (HeldClaim.Read(reads, Id) is { } claim && counter is not null)
            reads.Add(RecordRow.Table, claim.RecordKey with { Key = counter.Key });
    }

    public override Decision Decide(UnitOfWork work)
    {
        var found = HeldClaim.FindFor(work, Id);
        if (found.Failure is { } lost) return lost;
        var held = found.Value;
        held.Claim.Forget(work);
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

/// <summary>What the completion of a claim adds to a counter.</summary>
internal sealed record CounterChange(string Key, RecordEdit Edit)
{
    public static CounterChange? Of(ClaimCounter? request, InputErrors errors)
    {
        if (request is null) return null;
        RecordNames.CheckKey(request.Key, "/increment/key", errors);
        var own = new InputErrors();
        var increment = new Dictionary<string, System.Text.Json.JsonElement> { [request.Pointer] = request.By };
        var edit = PointerEdit.Of(new PointerChanges { Increment = increment }, own);
        if (own.Any) errors.AddAll(own.ToFailure(), _ => "/increment");
        return new CounterChange(request.Key, edit);
    }
}
