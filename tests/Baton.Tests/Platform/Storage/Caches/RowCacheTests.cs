using Baton.Server.Platform.Storage.Caches;
using Baton.Server.Platform.Storage.Tables;
using FsCheck.Fluent;

namespace Baton.Tests.Platform.Storage.Caches;

public sealed class RowCacheTests
{
    static readonly Table<HookedKey, Row> s_table = new()
    {
        Name = "t",
        Key = [],
        Columns = [],
        KeyOf = row => new HookedKey(row.Id),
        Read = _ => throw new InvalidOperationException(),
        Weight = row => row.Weight,
    };

    /// <summary>What one of the users of the cache does next; `Publish` stands for a commit.</summary>
    enum Step
    {
        Publish,
        Remove,
        BeginRead,
        EndRead,
        Get,
    }

    [Fact]
    public void Get_AfterAnySteps_ShowsTheNewestRowOrNone() => Laws.Hold(
        (from step in Gen.Elements(Enum.GetValues<Step>())
         from id in Gen.Choose(0, 5)
         from weight in Gen.Elements(10, 100, 300, 20_000)
         select (step, id, weight)).ListOf(60), steps =>
    {
        // So small that the generations turn again and again.
        var cache = new RowCache<HookedKey, Row>(s_table, capacityBytes: 2000);
        var truth = new Dictionary<int, Row>();
        var reads = new Queue<(int Id, long Mark, Row? Row)>();
        var version = 0;
        foreach (var (step, id, weight) in steps)
        {
            var key = new HookedKey(id);
            switch (step)
            {
                case Step.Publish:
                    Commit(cache, key, truth[id] = new Row(id, ++version, weight));
                    break;
                case Step.Remove:
                    truth.Remove(id);
                    Commit(cache, key, row: null);
                    break;
                case Step.BeginRead:
                    reads.Enqueue((id, cache.Mark(key), truth.GetValueOrDefault(id)));
                    break;
                case Step.EndRead:
                    if (reads.TryDequeue(out var read) && read.Row is { } row) cache.Offer(new HookedKey(read.Id), row, read.Mark);
                    break;
                default:
                    if (cache.TryGet(key, out var found)) Assert.Same(truth.GetValueOrDefault(id), found);
                    break;
            }
        }

        for (var id = 0; id <= 5; id++)
        {
            if (cache.TryGet(new HookedKey(id), out var found)) Assert.Same(truth.GetValueOrDefault(id), found);
        }
    });

    [Fact]
    public void Get_OfARowInTheOldGeneration_KeepsNothingThatACommitOvertook()
    {
        // A reader looks the key up four times before it holds the stripe's lock; a commit comes at any of them.
        for (var moment = 1; moment <= 4; moment++)
        {
            var cache = new RowCache<HookedKey, Row>(s_table, capacityBytes: 2000);
            Commit(cache, new HookedKey(1), new Row(1, Version: 1, Weight: 10));
            for (var filler = 100; filler < 109; filler++) Commit(cache, new HookedKey(filler), new Row(filler, Version: 1, Weight: 10));
            var newest = new Row(1, Version: 2, Weight: 10);
            var left = moment;
            var key = new HookedKey(1, () =>
            {
                if (--left == 0) Commit(cache, new HookedKey(1), newest);
            });
            cache.TryGet(key, out _);
            if (left > 0) Commit(cache, new HookedKey(1), newest);
            Assert.True(cache.TryGet(new HookedKey(1), out var found));
            Assert.True(found == newest, $"A commit at look-up {moment} was forgotten.");
        }
    }

    [Fact]
    public void Get_WhileACommitIsUnderWay_ShowsNoneOfItsRowsAndKeepsNoneThatIsRead()
    {
        var cache = new RowCache<HookedKey, Row>(s_table, capacityBytes: 1_000_000);
        var (key, before, after) = (new HookedKey(1), new Row(1, Version: 1, Weight: 10), new Row(1, Version: 2, Weight: 10));
        Commit(cache, key, before);
        cache.Withdraw(key);
        Assert.False(cache.TryGet(key, out _));
        // Read before the database commits, offered after it: the other rows of the commit are new by then.
        cache.Offer(key, before, cache.Mark(key));
        Assert.False(cache.TryGet(key, out _));
        cache.Publish(key, after);
        Assert.True(cache.TryGet(key, out var found));
        Assert.Same(after, found);
    }

    [Fact]
    public void Offer_AfterACommitThatFailed_IsKept()
    {
        var cache = new RowCache<HookedKey, Row>(s_table, capacityBytes: 1_000_000);
        var (key, row) = (new HookedKey(1), new Row(1, Version: 1, Weight: 10));
        cache.Withdraw(key);
        cache.Restore(key);
        cache.Offer(key, row, cache.Mark(key));
        Assert.True(cache.TryGet(key, out _));
    }

    [Fact]
    public void Commit_OfOneRowOverAndOver_LeavesTheOthersInTheCache()
    {
        var cache = new RowCache<HookedKey, Row>(s_table, capacityBytes: 2000);
        Commit(cache, new HookedKey(1), new Row(1, Version: 1, Weight: 10));
        for (var version = 1; version <= 100; version++) Commit(cache, new HookedKey(2), new Row(2, version, Weight: 10));
        Assert.True(cache.TryGet(new HookedKey(1), out _));
    }

    [Fact]
    public void Offer_OfALargeRow_IsNotKept()
    {
        var cache = new RowCache<HookedKey, Row>(s_table, capacityBytes: 1_000_000);
        var key = new HookedKey(1);
        cache.Offer(key, new Row(1, 1, Weight: 20_000), cache.Mark(key));
        Assert.False(cache.TryGet(key, out _));
    }

    static void Commit(RowCache<HookedKey, Row> cache, HookedKey key, Row? row)
    {
        cache.Withdraw(key);
        cache.Publish(key, row);
    }

    sealed record Row(int Id, int Version, int Weight);

    /// <summary>A key that tells when it is looked up.</summary>
    readonly struct HookedKey(int id, Action? lookedUp = null) : IEquatable<HookedKey>
    {
        readonly int _id = id;
        readonly Action? _lookedUp = lookedUp;

        public bool Equals(HookedKey other) => _id == other._id;

        public override bool Equals(object? obj) => obj is HookedKey other && Equals(other);

        public override int GetHashCode()
        {
            _lookedUp?.Invoke();
            return _id;
        }
    }
}
