using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Lifetimes;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Storage.Tables;
using Baton.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Platform.Commits.Lifetimes;

/// <summary>
/// Things that somebody holds for a time, whatever they are: taken, renewed, given back and lapsed in random sequences,
/// each is held by one at a time, its fence grows, and the due-queue holds one item for each lease.
/// </summary>
public sealed class LeaseLaws
{
    const string LapseKind = "thing.lapse";

    static readonly Leases s_leases = new(LapseKind);

    [Fact]
    public void Sequences_OfTakingAndRenewing_HoldAsByTheModel() =>
        Run.Hold(Requests(), [1, 5, 31], () => new Run());

    static void AddKinds(MemoryLane lane)
    {
        lane.Server.Registrations.DueKinds.Add(
            LapseKind, item => new Lapse(item) { Actor = Actor.System(item.WorkspaceId) });
    }

    static Gen<Request> Requests() =>
        from verb in Gen.Elements("take", "take", "renew", "release")
        from name in Gen.Elements("one", "two")
        from seconds in Gen.Elements<long>(1, 5, 30)
        from isOld in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Request(verb, name, seconds, isOld, Fence: 0);

    /// <param name="Verb">`take`, `renew` or `release`.</param>
    /// <param name="Name">The thing.</param>
    /// <param name="Seconds">For how long.</param>
    /// <param name="IsOld">By one who held it before.</param>
    /// <param name="Fence">What it gives as its fence.</param>
    sealed record Request(string Verb, string Name, long Seconds, bool IsOld, long Fence);

    sealed class Run : LaneRun<Request>
    {
        readonly SortedDictionary<string, (long Fence, long Until)> _held = new(StringComparer.Ordinal);

        public Run()
            : base(new BatonOptions()) => AddKinds(Lane);

        protected override Request Complete(Request request) => request with
        {
            Fence = _held.TryGetValue(request.Name, out var lease) ? lease.Fence - (request.IsOld ? 1 : 0) : 0,
        };

        protected override Operation Make(Request request) => new Change(request) { Actor = Lane.Actor };

        protected override string Apply(Request request, Decided decided)
        {
            var isHeld = _held.TryGetValue(request.Name, out var lease) && lease.Until > Lane.Now;
            if (request.Verb == "take")
            {
                if (isHeld) return "store.not_found";
                var fence = decided.Outcome.Value!.Seq;
                Assert.True(fence > lease.Fence);
                _held[request.Name] = (fence, Lane.Now + (request.Seconds * 1_000_000));
                return $"ok; thing.take thing:{request.Name} 1";
            }

            if (!isHeld || lease.Fence != request.Fence) return "store.lease_lost";
            if (request.Verb == "renew")
            {
                _held[request.Name] = lease with { Until = Lane.Now + (request.Seconds * 1_000_000) };
                return "ok";
            }

            _held.Remove(request.Name);
            return $"ok; thing.release thing:{request.Name} 1";
        }

        protected override string Happen(DueRow item)
        {
            Assert.Equal(_held[item.Resource].Until, item.DueAt);
            _held.Remove(item.Resource);
            return $"ok; {LapseKind} thing:{item.Resource} 1";
        }

        protected override void Compare()
        {
            Assert.Equal(
                _held.Select(pair => (pair.Key, pair.Value.Until)),
                Lane.Due.Select(item => (item.Resource, item.DueAt)).Order());
            Assert.Equal(
                _held.Select(pair => (pair.Key, pair.Value.Fence, pair.Value.Until, Lane.Actor.Name)),
                Lane.Rows.Of(HeldRow.Table).Rows
                    .Select(row => (row.Name, row.Lease.Fence, row.Lease.Until, row.Lease.Holder)).Order());
        }
    }

    readonly record struct HeldKey(string WorkspaceId, string Name);

    sealed record HeldRow(string WorkspaceId, string Name, Lease Lease)
    {
        public static readonly Table<HeldKey, HeldRow> Table = new()
        {
            Name = "held",
            Key =
            [
                Column.Text<HeldKey>("workspace_id", key => key.WorkspaceId),
                Column.Text<HeldKey>("name", key => key.Name),
            ],
            Columns =
            [
                Column.Text<HeldRow>("workspace_id", row => row.WorkspaceId),
                Column.Text<HeldRow>("name", row => row.Name),
                Column.Integer<HeldRow>("lease_until", row => row.Lease.Until),
            ],
            KeyOf = row => new HeldKey(row.WorkspaceId, row.Name),
            Read = _ => throw new NotSupportedException("Nobody reads what is held."),
        };
    }

    sealed class Change(Request request) : Operation
    {
        public override string Name => "thing." + request.Verb;

        public override string Resource => "thing:" + request.Name;

        HeldKey Key => new(Actor.WorkspaceId, request.Name);

        public override void Reads(ReadSet reads) => reads.Add(HeldRow.Table, Key);

        public override Decision Decide(UnitOfWork work)
        {
            var row = work.Get(HeldRow.Table, Key);
            var isHeld = row?.Lease.IsHeld(work.Now) == true;
            if (request.Verb == "take")
            {
                if (isHeld) return new Failure(ErrorCodes.StoreNotFound);
                // Its lease is over, though the due-queue has not come.
                if (row is not null) s_leases.End(work, row.Name, row.Lease);
                var fence = work.Record(Name, Resource, version: 1);
                work.Put(HeldRow.Table, new HeldRow(
                    Actor.WorkspaceId, request.Name,
                    s_leases.Take(work, request.Name, Actor.Name, fence, request.Seconds)));
            }
            else if (!isHeld || row!.Lease.Fence != request.Fence)
            {
                return new Failure(ErrorCodes.StoreLeaseLost);
            }
            else if (request.Verb == "renew")
            {
                work.Put(HeldRow.Table, row with
                {
                    Lease = s_leases.Renew(work, row.Name, row.Lease, request.Seconds),
                });
            }
            else
            {
                work.Record(Name, Resource, version: 1);
                s_leases.End(work, row.Name, row.Lease);
                work.Delete(HeldRow.Table, Key);
            }

            return new Effect(Answer: null);
        }
    }

    sealed class Lapse(DueRow item) : DueOperation(item)
    {
        public override string Resource => "thing:" + Item.Resource;

        HeldKey Key => new(Item.WorkspaceId, Item.Resource);

        public override void Reads(ReadSet reads) => reads.Add(HeldRow.Table, Key);

        protected override void Happen(UnitOfWork work)
        {
            if (work.Get(HeldRow.Table, Key) is not { } row || row.Lease.Until != Item.DueAt) return;
            work.Record(Name, Resource, version: 1);
            s_leases.End(work, row.Name, row.Lease);
            work.Delete(HeldRow.Table, Key);
        }
    }
}
