using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Claims.Indexes;
using Baton.Server.Features.Store.Namespaces;
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

/// <summary>
/// Claims the oldest records that match for the caller, for a time: `store.claim`. If it finds nothing to give among
/// the records that it has looked at, it is prepared again and takes its next look behind them.
/// </summary>
internal sealed class ClaimRecords(StoreFeature store, ClaimWish wish) : Operation
{
    public const string Action = "store.claim";

    /// <summary>
    /// The most bytes of values that one claim gives, with what it sets in them and what it keeps to undo that. Records
    /// that come after are left for the next claim.
    /// </summary>
    const int MaxAnswerBytes = 4 * 1024 * 1024;

    /// <summary>
    /// How many more records the first look reads than it may give. Some may have expired without being swept yet, or
    /// may not take `set`.
    /// </summary>
    const int Spare = 4;

    /// <summary>How many more records the later looks read at the most.</summary>
    const int MaxSpare = 500;

    /// <summary>A claim fails after it has passed by so many records that do not take `set`.</summary>
    const int MaxSkipped = 1000;

    /// <summary>
    /// A claim fails after so many looks as well, if it has passed by any record. Where records are large, a look ends
    /// after a few of them.
    /// </summary>
    const int MaxLooks = 10;

    /// <summary>How many of the records that were passed by are named in the answer.</summary>
    const int MaxNamed = 10;

    /// <summary>The most characters of what is said of each of them.</summary>
    const int MaxDetailLength = 300;

    // The id of a claim and the salt of a value for each record that may be given. They are made when the operation is
    // prepared, because nothing in the lane is random.
    readonly List<(string Id, byte[] Salt)> _fresh = [];
    long? _shape;

    // The look that this attempt takes. The attempts before it found nothing to give.
    Look _look = Look.First;

    // The look that the next attempt takes, if there is one. It becomes the look only when the operation is prepared
    // again, because the lane may decide more than once.
    Look _nextLook = Look.First;

    public override string Name => Action;

    /// <summary>What the claim asks for.</summary>
    public ClaimWish Wish => wish;

    /// <summary>How long the caller waits for something to claim.</summary>
    public TimeSpan Wait { get; init; }

    public override string Resource => RecordSpace.ResourceOf(wish.Namespace, "");

    /// <summary>
    /// Its looks are attempts besides the usual ones, so that an attempt for which others were too fast takes no look
    /// away.
    /// </summary>
    public override Contention Contention => new(ErrorCodes.StoreContended, [Resource], MaxLooks);

    /// <summary>The records at which it looks in vain cost as much as those that it gives.</summary>
    public override Weight Weight => new(Bytes: 0, Rows: wish.Limit + _look.Spare);

    NamespaceKey NamespaceKey => new(Actor.WorkspaceId, wish.Namespace);

    public override ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
    {
        _look = _nextLook;
        while (_fresh.Count < wish.Limit) _fresh.Add((store.Ids.Next("clm_"), Commitment.NewSalt()));
        return default;
    }

    public override void Reads(ReadSet reads)
    {
        _shape = null;
        var shapes = reads.Find(NamespaceRow.Table, NamespaceKey)?.Shapes;
        if (shapes?.Find(wish.Match) is not { IsBuilt: true } shape) return;
        _shape = shape.Number;
        if (reads.Find(ClaimableRow.Table, RangeOf(shape.Number), wish.Limit, _look.Spare) is not { } range) return;
        foreach (var key in range.TakeStored()) reads.Add(RecordRow.Table, key.RecordKey);
    }

    public override Decision Decide(UnitOfWork work)
    {
        var namespaceRow = work.Get(NamespaceRow.Table, NamespaceKey);
        if (namespaceRow is null) return ClaimFailures.Nothing;
        if (namespaceRow.Shapes.Find(wish.Match) is not { IsBuilt: true } shape) return ClaimFailures.NotBuilt;
        // Another operation of the batch made the shape what it is now.
        if (shape.Number != _shape) return Decision.PrepareAgain;
        _nextLook = _look;
        var range = work.Range(ClaimableRow.Table, RangeOf(shape.Number));
        var (items, bytes, after, passed) = (new List<ClaimedRecord>(), 0L, _look.AfterSeq, _look.Passed);
        foreach (var key in range.Keys())
        {
            if (items.Count == wish.Limit) break;
            var record = work.Get(RecordRow.Table, key.RecordKey);
            after = key.CreatedSeq;
            if (record?.IsLive(namespaceRow, work.Now) != true) continue;
            var value = ValueOf(record);
            if (value.Failure is { } unfit)
            {
                passed = passed.With(record.Key, unfit);
                continue;
            }

            var undo = ClaimUndo.Of(record.Value, value.Value!, wish.Set);
            bytes += value.Value!.Length + (record.Metadata?.Length ?? 0) + undo.Length;
            if (items.Count > 0 && bytes > MaxAnswerBytes) break;
            var claimed = Claim(work, record, value.Value, undo, _fresh[items.Count]);
            if (claimed.Failure is { } failure) return failure;
            items.Add(claimed.Value!);
        }

        if (items.Count > 0)
        {
            KeepInUse(work, shape);
            return EffectOf(items, passed, bytes);
        }

        var isOver = !range.IsCut || passed.Count >= MaxSkipped || _look.Number >= MaxLooks;
        if (isOver && passed.ToFailure(Resource) is { } refused) return refused;
        if (!range.IsCut) return ClaimFailures.Nothing;
        // Nothing of what was read is of use: there may be more behind.
        _nextLook = new Look(_look.Number + 1, after, Math.Min(_look.Spare * 8, MaxSpare), passed);
        return Decision.PrepareAgain;
    }

    ClaimableRange RangeOf(long shape) =>
        new(Actor.WorkspaceId, wish.Namespace, shape, wish.Match.Matched, _look.AfterSeq);

    /// <summary>The value that a record gets by `set`; or why it does not take it.</summary>
    Outcome<byte[]> ValueOf(RecordRow record)
    {
        var json = wish.Edit is null ? record.Value : wish.Edit.Apply(record.Value);
        if (json.Value?.Length > store.Options.MaxBytes)
            return StoreFailures.TooLarge(json.Value.Length, store.Options.MaxBytes);
        return json;
    }

    Outcome<ClaimedRecord> Claim(
        UnitOfWork work, RecordRow record, byte[] value, byte[] undo, (string Id, byte[] Salt) fresh)
    {
        var change = new RecordChangeRequest(record.Id, RecordValue.Of(value, fresh.Salt))
        {
            KeepExpiry = true,
            ClaimId = fresh.Id,
            UndoBytes = wish.Edit is null ? 0 : undo.Length,
        };
        var written = store.Writer.Write(work, Actor, Action, change);
        if (written.Failure is { } failure) return failure;
        var claim = new ClaimRow
        {
            WorkspaceId = record.WorkspaceId,
            ClaimId = fresh.Id,
            Namespace = record.Namespace,
            Key = record.Key,
            Lease = ClaimRow.Leases.Take(
                work, fresh.Id, Actor.Name, fence: written.Value!.UpdatedSeq, wish.LeaseSeconds),
            Undo = undo,
            CountedBytes = change.UndoBytes,
        };
        work.Put(ClaimRow.Table, claim);
        return written.Value.ToClaimed(claim);
    }

    /// <summary>
    /// Notes that the shape is in use, about once an hour. A shape that nobody claims by makes room for others.
    /// </summary>
    void KeepInUse(UnitOfWork work, ClaimShape shape)
    {
        if (work.Now - shape.UsedAt < ClaimBuilder.UseMicros) return;
        var namespaceRow = work.Get(NamespaceRow.Table, NamespaceKey)!;
        work.Put(
            NamespaceRow.Table,
            namespaceRow with { Shapes = namespaceRow.Shapes.With(shape with { UsedAt = work.Now }) });
    }

    static Effect EffectOf(List<ClaimedRecord> items, Passed passed, long bytes)
    {
        var claimed = new RecordsClaimed { Items = items, Skipped = passed.Count == 0 ? null : passed.First };
        return new Effect(claimed)
        {
            Replay = bytes > PatchRecord.MaxReplayBytes
                ? claimed with { Items = items.ConvertAll(item => item with { Value = null }) }
                : null,
        };
    }

    /// <summary>One look at the next records that match, in the order in which they were created.</summary>
    /// <param name="Number">Which look it is, from 1.</param>
    /// <param name="AfterSeq">It begins after the record that this ledger entry created; 0: at the first.</param>
    /// <param name="Spare">How many more records it reads than it may give, for those that cannot be given.</param>
    /// <param name="Passed">What the looks before it passed by.</param>
    readonly record struct Look(int Number, long AfterSeq, int Spare, Passed Passed)
    {
        public static readonly Look First = new(Number: 1, AfterSeq: 0, ClaimRecords.Spare, Passed.None);
    }

    /// <summary>Records that match and do not take `set`, in all looks so far.</summary>
    /// <param name="Count">How many there are.</param>
    /// <param name="First">The oldest of them.</param>
    /// <param name="Why">What is wrong with the oldest one. Null: there is none.</param>
    sealed record Passed(int Count, IReadOnlyList<SkippedRecord> First, Failure? Why)
    {
        public static readonly Passed None = new(Count: 0, [], Why: null);

        public Passed With(string key, Failure unfit)
        {
            var detail = unfit.Detail ?? unfit.Code.Title;
            // It may name a pointer, which is as long as its caller likes.
            if (detail.Length > MaxDetailLength) detail = detail[..MaxDetailLength] + "…";
            return new Passed(
                Count + 1,
                First.Count < MaxNamed ? [.. First, new SkippedRecord(key, unfit.Code.Code, detail)] : First,
                Why ?? unfit);
        }

        /// <summary>
        /// The failure of a claim that has found nothing but these records. Null: there are none of them.
        /// </summary>
        public Failure? ToFailure(string resource)
        {
            if (Why is null) return null;
            var others = Count == 1 ? "" : $" {Count - 1} more that match do not take it either.";
            return Why with
            {
                Detail = $"{InputText.Shorten(resource + First[0].Key)} cannot be claimed so: {Why.Detail}{others}",
            };
        }
    }
}
