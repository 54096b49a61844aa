using Baton.Contracts.Errors;
using System.Text.Json;
using Baton.Contracts.Store;
using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Lane;
using Baton.Server.Platform.Ledger;
using Baton.Server.Platform.Operations;

namespace Baton.Server.Features.Store.Claims;

/// <summary>Gives the oldest records that match to the caller, for a time: `store.claim`.</summary>
internal sealed class ClaimRecords(StoreFeature store, ClaimWish wish) : Operation
{
    public const string Action = "store.claim";

    /// <summary>Values that one claim gives: what comes after is left for the next.</summary>
    const int MaxAnswerBytes = 4 * 1024 * 1024;

    /// <summary>Some more, for those that have expired and are not swept yet.</summary>
    const int Spare = 4;

    // For each record its claim's id and its value's salt: made once, as the lane makes nothing by chance.
    readonly List<(string Id, byte[] Salt)> _fresh = [];
    long? _shape;
    int _spare = Spare;

    public override string Name => Action;

    public override string Resource => RecordSpace.ResourceOf(wish.Namespace, "");

    public override ErrorCode ContendedCode => ErrorCodes.StoreContended;

    public override int WeightRows => wish.Limit;

    NamespaceKey Home => new(Actor.WorkspaceId, wish.Namespace);

    public override ValueTask<Failure?> PrepareAsync(CancellationToken cancellation)
    {
        while (_fresh.Count < wish.Limit) _fresh.Add((store.Ids.Next("clm_"), Commitment.NewSalt()));
        return default;
    }

    public override void Reads(ReadSet reads) => reads.Add(NamespaceRow.Table, Home);

    public override void Ranges(IRows rows, RangeSet ranges)
    {
        _shape = null;
        if (rows.Get(NamespaceRow.Table, Home)?.Shapes.Find(wish.Match) is not { IsBuilt: true } shape) return;
        _shape = shape.Number;
        ranges.Add(ClaimableRow.Table, RangeOf(shape.Number), wish.Limit, _spare);
    }

    public override void MoreReads(IRows rows, ReadSet reads)
    {
        if (_shape is not { } shape) return;
        foreach (var place in rows.Range(ClaimableRow.Table, RangeOf(shape)).TakeStored())
            reads.Add(RecordRow.Table, place.RecordKey);
    }

    public override Outcome<Effect> Decide(Decision decision)
    {
        var home = decision.Get(NamespaceRow.Table, Home);
        if (home is null) return ClaimFailures.Nothing;
        if (home.Shapes.Find(wish.Match) is not { IsBuilt: true } shape) return ClaimFailures.NotBuilt;
        // Another operation of the batch made the shape what it is now.
        if (shape.Number != _shape) return Stale.Failure;
        var range = decision.Range(ClaimableRow.Table, RangeOf(shape.Number));
        var (items, bytes) = (new List<ClaimedRecord>(), 0L);
        foreach (var place in range.Keys())
        {
            if (items.Count == wish.Limit) break;
            var record = decision.Get(RecordRow.Table, place.RecordKey);
            if (record?.IsLive(home, decision.Now) != true) continue;
            bytes += record.Size;
            if (items.Count > 0 && bytes > MaxAnswerBytes) break;
            var claimed = Claim(decision, record, _fresh[items.Count]);
            if (claimed.Failure is { } failure) return failure;
            items.Add(claimed.Value!);
        }

        if (items.Count > 0)
        {
            KeepInUse(decision, shape);
            return EffectOf(items, bytes);
        }

        if (!range.IsCut) return ClaimFailures.Nothing;
        // All that was read was gone: there may be more behind.
        _spare *= 8;
        return Stale.Failure;
    }

    ClaimableRange RangeOf(long shape) => new(Actor.WorkspaceId, wish.Namespace, shape, wish.Match.Matched);

    Outcome<ClaimedRecord> Claim(Decision decision, RecordRow record, (string Id, byte[] Salt) fresh)
    {
        var json = wish.Edit is null ? record.Value : wish.Edit.Apply(record.Value);
        if (json.Failure is { } unfit)
            return unfit with
            {
                Detail = $"{QueryReader.Shorten(record.Resource)} cannot be claimed so: {unfit.Detail}",
            };
        if (json.Value!.Length > store.Options.MaxBytes)
            return StoreFailures.TooLarge(json.Value.Length, store.Options.MaxBytes);
        var change = new RecordChangeRequest(record.Id, RecordValue.Of(json.Value, fresh.Salt))
        {
            KeepExpiry = true,
            ClaimId = fresh.Id,
        };
        var written = store.Writer.Write(decision, Actor, Action, change);
        if (written.Failure is { } failure) return failure;
        var claim = new ClaimRow
        {
            WorkspaceId = record.WorkspaceId,
            ClaimId = fresh.Id,
            Namespace = record.Namespace,
            Key = record.Key,
            Fence = written.Value!.UpdatedSeq,
            Holder = Actor.Name,
            ClaimedAt = decision.Now,
            LeaseUntil = decision.Now + (wish.LeaseSeconds * Micros.PerSecond),
            Undo = ClaimUndo.Of(record.Value, wish.Set),
        };
        decision.Put(ClaimRow.Table, claim);
        decision.Schedule(claim.LeaseUntil, ExpireLease.Kind, claim.ClaimId);
        return written.Value.ToClaimed(claim);
    }

    /// <summary>Roughly: shapes that nobody claims by make room for others.</summary>
    void KeepInUse(Decision decision, ClaimShape shape)
    {
        if (decision.Now - shape.UsedAt < ClaimBuilder.UseMicros) return;
        var home = decision.Get(NamespaceRow.Table, Home)!;
        decision.Put(
            NamespaceRow.Table, home with { Shapes = home.Shapes.With(shape with { UsedAt = decision.Now }) });
    }

    static Effect EffectOf(List<ClaimedRecord> items, long bytes)
    {
        var claimed = new RecordsClaimed { Items = items };
        return new Effect(claimed)
        {
            Replay = bytes > PatchRecord.MaxReplayBytes
                ? claimed with { Items = items.ConvertAll(item => item with { Value = null }) }
                : null,
        };
    }
}

/// <summary>What a claim asks for, checked.</summary>
/// <param name="Namespace">As the rows have it.</param>
/// <param name="Match">Which records.</param>
/// <param name="Set">What is put into them; null for nothing.</param>
/// <param name="Edit">The same, ready to be applied.</param>
/// <param name="LeaseSeconds">For how long.</param>
/// <param name="Limit">How many at the most.</param>
internal sealed record ClaimWish(
    string Namespace,
    ClaimMatch Match,
    IReadOnlyDictionary<string, JsonElement>? Set,
    RecordEdit? Edit,
    long LeaseSeconds,
    int Limit)
{
    public const long MaxLeaseSeconds = 7 * 24 * 3600;
    public const long MaxLimit = 100;

    public static ClaimWish Of(string storedNamespace, ClaimRequest request, InputErrors errors)
    {
        CheckRange("/lease_seconds", request.LeaseSeconds, 1, MaxLeaseSeconds, errors);
        CheckRange("/limit", request.Limit ?? 1, 1, MaxLimit, errors);
        CheckRange("/wait", request.Wait ?? 0, 0, Waiting.MaxWaitSeconds, errors);
        return new ClaimWish(
            storedNamespace, ClaimMatch.Of(request.Prefix ?? "", request.Match, errors), request.Set,
            EditOf(request.Set, errors), request.LeaseSeconds, (int)Math.Clamp(request.Limit ?? 1, 1, MaxLimit));
    }

    /// <summary>A `set` as a change of a value; null for none.</summary>
    public static RecordEdit? EditOf(IReadOnlyDictionary<string, JsonElement>? set, InputErrors errors)
    {
        if (set is null || set.Count == 0) return null;
        ClaimUndo.CheckPlaces(set.Keys, errors);
        return PointerEdit.Of(new PatchRecordRequest { Set = set }, errors);
    }

    public static void CheckRange(string place, long value, long min, long max, InputErrors errors)
    {
        if (value < min || value > max)
            errors.Add(place, $"`{place[1..]}` is {value}, but must be a whole number from {min} to {max}.");
    }
}
