using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
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
/// Things that live for a time, whatever they are: written, written again, deleted, expired and forgotten in random
/// sequences, they are there as the model has it, and the due-queue holds one item for each at most.
/// </summary>
public sealed class LifetimeLaws
{
    const string ExpireKind = "thing.expire";

    const string PurgeKind = "thing.purge";

    const long TombstoneSeconds = 30 * 24 * 3600;

    static readonly Lifetime s_lifetime = new(ExpireKind, PurgeKind);

    [Fact]
    public void Sequences_OfWritesAndDeletions_LiveAsByTheModel() =>
        Run.Hold(Requests(), [1, 30, 61, TombstoneSeconds - 60, TombstoneSeconds], () => new Run());

    /// <summary>As one that was set aside, and comes when the thing's end was moved.</summary>
    [Fact]
    public void Item_OfAnEndThatWasMoved_EndsNothing()
    {
        using var lane = new MemoryLane(new BatonOptions());
        AddKinds(lane);
        lane.Decide(new WriteThing("one", ttl: 1) { Actor = lane.Actor });
        var early = Assert.Single(lane.Due);
        lane.Decide(new WriteThing("one", ttl: 60) { Actor = lane.Actor });
        lane.Pass(2);
        Assert.Empty(Assert.Single(lane.Decide(lane.Server.Registrations.DueKinds.Make(early)!)).Entries);
        var row = Assert.Single(lane.Rows.Of(ThingRow.Table).Rows);
        Assert.True(row.Life.IsLive(lane.Now));
        Assert.Equal(row.ExpiresAt, Assert.Single(lane.Due).DueAt);
    }

    [Fact]
    public void Life_OfWhatNeverWas_HasNothingDue()
    {
        Assert.Equal((null, null), (default(Life).ExpireAt, default(Life).PurgeAt));
        Assert.Equal((null, 7L + Life.TombstoneMicros), (new Life(5, 7).ExpireAt, new Life(5, 7).PurgeAt!.Value));
        Assert.Equal((false, true), (new Life(5).IsLive(5), new Life(5).IsLive(4)));
    }

    static void AddKinds(MemoryLane lane)
    {
        lane.Server.Registrations.DueKinds.Add(
            ExpireKind, item => new ExpireThing(item) { Actor = Actor.System(item.WorkspaceId) });
        lane.Server.Registrations.DueKinds.Add(
            PurgeKind, item => new PurgeThing(item) { Actor = Actor.System(item.WorkspaceId) });
    }

    static Gen<Request> Requests() =>
        from isDeletion in Gen.Elements(false, false, false, true)
        from name in Gen.Elements("one", "two")
        from ttl in Gen.Elements<long?>(null, 1, 60)
        select new Request(name, isDeletion, isDeletion ? null : ttl);

    sealed record Request(string Name, bool IsDeletion, long? Ttl);

    sealed class Run : LaneRun<Request>
    {
        readonly SortedDictionary<string, Thing> _all = new(StringComparer.Ordinal);

        public Run()
            : base(new BatonOptions()) => AddKinds(Lane);

        protected override Request Complete(Request request) => request;

        protected override Operation Make(Request request) => request.IsDeletion
            ? new DeleteThing(request.Name) { Actor = Lane.Actor }
            : new WriteThing(request.Name, request.Ttl) { Actor = Lane.Actor };

        protected override string Apply(Request request, Decided decided)
        {
            var thing = _all.GetValueOrDefault(request.Name);
            var isLive = thing is { IsDeleted: false } && !(thing.Due <= Lane.Now);
            if (request.IsDeletion && !isLive) return "stash.not_found";
            var version = (thing?.Version ?? 0) + 1;
            _all[request.Name] = request.IsDeletion
                ? new Thing(version, IsDeleted: true, Lane.Now + (TombstoneSeconds * 1_000_000))
                : new Thing(version, IsDeleted: false, Lane.Now + (request.Ttl * 1_000_000));
            var verb = request.IsDeletion ? "delete" : "write";
            return $"{(isLive ? "ok" : "created")} {version}; thing.{verb} thing:{request.Name} {version}";
        }

        protected override string Happen(DueRow item)
        {
            var thing = _all[item.Resource];
            Assert.Equal(
                (thing.Due, thing.IsDeleted ? PurgeKind : ExpireKind), ((long?)item.DueAt, item.Kind));
            if (thing.IsDeleted)
            {
                _all.Remove(item.Resource);
                return "ok";
            }

            _all[item.Resource] = new Thing(
                thing.Version + 1, IsDeleted: true, Lane.Now + (TombstoneSeconds * 1_000_000));
            return $"ok; {ExpireKind} thing:{item.Resource} {thing.Version + 1}";
        }

        protected override void Compare()
        {
            Assert.Equal(
                _all.Where(pair => pair.Value.Due is not null)
                    .Select(pair => (pair.Key, pair.Value.Due!.Value, pair.Value.IsDeleted)),
                Lane.Due.Select(item => (item.Resource, item.DueAt, item.Kind == PurgeKind)).Order());
            Assert.Equal(
                _all.Select(pair => (pair.Key, pair.Value.Version, pair.Value.IsDeleted)),
                Lane.Rows.Of(ThingRow.Table).Rows.Select(row => (row.Name, row.Version, row.DeletedAt is not null))
                    .Order());
        }

        /// <param name="Version">The newest; of an end, too.</param>
        /// <param name="IsDeleted">Deleted or expired.</param>
        /// <param name="Due">When it expires, or its tombstone goes; null: never.</param>
        sealed record Thing(long Version, bool IsDeleted, long? Due);
    }

    readonly record struct ThingKey(string WorkspaceId, string Name);

    sealed record ThingRow(string WorkspaceId, string Name, long Version, long? ExpiresAt, long? DeletedAt)
    {
        public Life Life => new(ExpiresAt, DeletedAt);

        public static readonly Table<ThingKey, ThingRow> Table = new()
        {
            Name = "thing",
            Key =
            [
                Column.Text<ThingKey>("workspace_id", key => key.WorkspaceId),
                Column.Text<ThingKey>("name", key => key.Name),
            ],
            Columns =
            [
                Column.Text<ThingRow>("workspace_id", row => row.WorkspaceId),
                Column.Text<ThingRow>("name", row => row.Name),
                Column.Integer<ThingRow>("version", row => row.Version),
                Column.Integer<ThingRow>("expires_at", row => row.ExpiresAt),
                Column.Integer<ThingRow>("deleted_at", row => row.DeletedAt),
            ],
            KeyOf = row => new ThingKey(row.WorkspaceId, row.Name),
            Read = _ => throw new NotSupportedException("Nobody reads things."),
        };

        /// <summary>The next version, or the first.</summary>
        public static long Write(UnitOfWork work, Operation operation, string name, long? expiresAt, long? deletedAt)
        {
            var before = work.Get(Table, new ThingKey(operation.Actor.WorkspaceId, name));
            var row = new ThingRow(
                operation.Actor.WorkspaceId, name, (before?.Version ?? 0) + 1, expiresAt, deletedAt);
            work.Record(operation.Name, operation.Resource, row.Version);
            work.Put(Table, row);
            s_lifetime.Changed(work, name, before?.Life ?? default, row.Life);
            return row.Version;
        }
    }

    sealed class WriteThing(string name, long? ttl) : Operation
    {
        public override string Name => "thing.write";

        public override string Resource => "thing:" + name;

        public override void Reads(ReadSet reads) =>
            reads.Add(ThingRow.Table, new ThingKey(Actor.WorkspaceId, name));

        public override Decision Decide(UnitOfWork work)
        {
            var isLive = work.Get(ThingRow.Table, new ThingKey(Actor.WorkspaceId, name))?.Life.IsLive(work.Now) == true;
            var version = ThingRow.Write(work, this, name, Life.EndOf(work.Now, ttl), deletedAt: null);
            return new Effect(Answer: null, version, Created: !isLive);
        }
    }

    sealed class DeleteThing(string name) : Operation
    {
        public override string Name => "thing.delete";

        public override string Resource => "thing:" + name;

        public override void Reads(ReadSet reads) =>
            reads.Add(ThingRow.Table, new ThingKey(Actor.WorkspaceId, name));

        public override Decision Decide(UnitOfWork work)
        {
            var row = work.Get(ThingRow.Table, new ThingKey(Actor.WorkspaceId, name));
            if (row?.Life.IsLive(work.Now) != true) return new Failure(ErrorCodes.StashNotFound);
            return new Effect(Answer: null, ThingRow.Write(work, this, name, expiresAt: null, deletedAt: work.Now));
        }
    }

    sealed class ExpireThing(DueRow item) : DueOperation(item)
    {
        public override string Resource => "thing:" + Item.Resource;

        public override void Reads(ReadSet reads) =>
            reads.Add(ThingRow.Table, new ThingKey(Item.WorkspaceId, Item.Resource));

        protected override void Happen(UnitOfWork work)
        {
            var row = work.Get(ThingRow.Table, new ThingKey(Item.WorkspaceId, Item.Resource));
            if (row?.Life.ExpireAt == Item.DueAt)
                ThingRow.Write(work, this, row.Name, expiresAt: null, deletedAt: work.Now);
        }
    }

    sealed class PurgeThing(DueRow item) : DueOperation(item)
    {
        public override void Reads(ReadSet reads) =>
            reads.Add(ThingRow.Table, new ThingKey(Item.WorkspaceId, Item.Resource));

        protected override void Happen(UnitOfWork work)
        {
            var key = new ThingKey(Item.WorkspaceId, Item.Resource);
            if (work.Get(ThingRow.Table, key)?.Life.PurgeAt == Item.DueAt) work.Delete(ThingRow.Table, key);
        }
    }
}
