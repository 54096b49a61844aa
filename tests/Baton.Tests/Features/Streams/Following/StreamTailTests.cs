using Baton.Server.Features.Streams;
using Baton.Server.Features.Streams.Entries;
using Baton.Server.Features.Streams.Following;

namespace Baton.Tests.Features.Streams.Following;

/// <summary>A stream's tail in memory: complete where it says so, and nowhere else, whoever commits.</summary>
public sealed class StreamTailTests
{
    const long Now = 1_000_000_000;

    [Fact]
    public void Tail_Appended_CoversFromItsFirstEntryOn()
    {
        using var tail = NewTail();
        tail.Append(RowAt(12), Entries(11, 12));
        Assert.Null(Read(tail, after: 9));
        Assert.Equal([11L, 12], Read(tail, after: 10));
        Assert.Equal([12L], Read(tail, after: 11));
        Assert.Equal([], Read(tail, after: 12));
        Assert.Null(Read(tail, after: 13));
    }

    [Fact]
    public void Tail_NothingKnown_CoversNothing()
    {
        using var tail = NewTail();
        Assert.Null(Read(tail, after: 0));
        Assert.Equal(0, tail.KnownSeq);
    }

    [Fact]
    public void Tail_ToldOfEntriesOfAnotherServer_NoLongerCoversWhatIsBefore()
    {
        using var tail = NewTail();
        tail.Append(RowAt(2), Entries(1, 2));
        // The feed told of a commit that the lane of this server did not make.
        tail.Learn(RowAt(5));
        foreach (var after in new[] { 0L, 1, 2, 3, 4 }) Assert.Null(Read(tail, after));
        Assert.Equal([], Read(tail, after: 5));
        tail.Append(RowAt(6), Entries(6));
        Assert.Null(Read(tail, after: 4));
        Assert.Equal([6L], Read(tail, after: 5));
    }

    [Fact]
    public void Tail_AppendedBehindAnotherServer_BeginsAnewThere()
    {
        using var tail = NewTail();
        tail.Append(RowAt(2), Entries(1, 2));
        // 3 and 4 came from another server, and the feed did not tell of them yet.
        tail.Append(RowAt(6), Entries(5, 6));
        Assert.Null(Read(tail, after: 2));
        Assert.Null(Read(tail, after: 3));
        Assert.Equal([5L, 6], Read(tail, after: 4));
    }

    [Fact]
    public void Tail_AppendedLaterThanTold_NeverGoesBack()
    {
        using var tail = NewTail();
        tail.Learn(RowAt(6));
        tail.Append(RowAt(4), Entries(3, 4));
        Assert.Null(Read(tail, after: 4));
        Assert.Equal([], Read(tail, after: 6));
    }

    [Fact]
    public void Tail_AppendedWhereOthersAre_HoldsTheNewOnes()
    {
        using var tail = NewTail();
        tail.Append(RowAt(3), Entries(1, 2, 3));
        // A failover lost the second and the third.
        tail.Append(RowAt(2), Entries(2));
        Assert.Null(Read(tail, after: 0));
        Assert.Equal([2L], Read(tail, after: 1));
        Assert.Null(Read(tail, after: 3));
    }

    [Fact]
    public void Tail_WhoseHistoryWentBack_CoversNothingAndTellsItsReaders()
    {
        using var tail = NewTail();
        var tails = new StreamTails(feed: null!, (_, _) => default, background: null!);
        var reader = new TailReader(tails, new StreamKey("ws", "str_1"), tail);
        tail.Append(RowAt(2), Entries(1, 2));
        Assert.False(reader.HasHistoryGoneBack);
        tail.ForgetHistory();
        Assert.True(reader.HasHistoryGoneBack);
        Assert.Equal((0, null), (tail.KnownSeq, Read(tail, after: 2)));
        tail.Learn(RowAt(1));
        Assert.Equal([], Read(tail, after: 1));
    }

    [Fact]
    public void Tail_Distrusted_CoversNothingUntilTheNextAppend()
    {
        using var tail = NewTail();
        tail.Append(RowAt(2), Entries(1, 2));
        tail.Distrust();
        Assert.Null(Read(tail, after: 2));
        tail.Append(RowAt(3), Entries(3));
        Assert.Equal([3L], Read(tail, after: 2));
    }

    [Fact]
    public void Tail_OfAnEndedStream_CoversNothing()
    {
        using var tail = NewTail();
        tail.Append(RowAt(1), Entries(1));
        tail.Learn(row: null);
        Assert.Null(Read(tail, after: 0));
        Assert.Null(Read(tail, after: 1));
    }

    [Fact]
    public void Tail_Expired_CoversNothing()
    {
        using var tail = NewTail();
        tail.Append(RowAt(1) with { ExpiresAt = Now }, Entries(1));
        Assert.Null(Read(tail, after: 0));
    }

    [Fact]
    public void Tail_Pruned_CoversOnlyWhatIsKept()
    {
        using var tail = NewTail();
        tail.Append(RowAt(3), Entries(1, 2, 3));
        tail.Append(RowAt(4) with { FirstEntry = 3 }, Entries(4));
        Assert.Null(Read(tail, after: 1));
        Assert.Equal([3L, 4], Read(tail, after: 2));
    }

    [Fact]
    public void Tail_WithEntriesWhoseTimeIsOver_CoversOnlyTheOthers()
    {
        using var tail = NewTail();
        var row = RowAt(2) with { RetentionSeconds = 60 };
        tail.Append(row, [Entry(1) with { CreatedAt = Now - 60_000_000 }, Entry(2) with { CreatedAt = Now - 59_999_999 }]);
        Assert.Null(Read(tail, after: 0));
        Assert.Equal([2L], Read(tail, after: 1));
    }

    [Fact]
    public void Tail_WithMoreThanItHolds_KeepsTheNewest()
    {
        using var tail = NewTail();
        for (var entry = 1L; entry <= 3000; entry++) tail.Append(RowAt(entry), Entries(entry));
        Assert.Null(Read(tail, after: 1000));
        var newest = Read(tail, after: 2990)!;
        Assert.Equal(Enumerable.Range(2991, 10).Select(entry => (long)entry), newest);
    }

    [Fact]
    public void Tail_WithLargeEntries_IsBoundedByBytesButHoldsTheNewest()
    {
        using var tail = NewTail();
        for (var entry = 1L; entry <= 9; entry++) tail.Append(RowAt(entry), [Entry(entry) with { Data = new byte[100_000] }]);
        Assert.Null(Read(tail, after: 7));
        Assert.Equal([9L], Read(tail, after: 8));
        tail.Append(RowAt(10), [Entry(10) with { Data = new byte[1_000_000] }]);
        Assert.Equal([10L], Read(tail, after: 9));
    }

    [Fact]
    public void Tail_ReadByLabel_LooksOnUntilThePageIsFullOrThereIsNoMore()
    {
        using var tail = NewTail();
        tail.Append(RowAt(5), [.. Entries(1, 2, 3, 4, 5).Select(entry => entry with { Label = entry.EntryId % 2 == 0 ? "even" : "odd" })]);
        foreach (var (label, limit, from, reached, found) in new (string?, int, long, long, long[])[]
        {
            ("even", 1, 0, 2, [2]), ("even", 1, 2, 4, [4]), ("even", 1, 4, 5, []), ("even", 9, 0, 5, [2, 4]), ("no", 1, 0, 5, []),
            (null, 2, 0, 2, [1, 2]), (null, 9, 5, 5, []),
        })
        {
            var (page, after) = (new List<RenderedEntry>(), from);
            Assert.True(tail.TryRead(ref after, out var newest, Now, label, limit, page));
            Assert.Equal((reached, 5), (after, newest));
            Assert.Equal(found, page.Select(entry => entry.EntryId));
        }
    }

    static StreamTail NewTail() => new(_ => { });

    static List<long>? Read(StreamTail tail, long after)
    {
        var page = new List<RenderedEntry>();
        return tail.TryRead(ref after, out _, Now, label: null, limit: 256, page) ? page.ConvertAll(entry => entry.EntryId) : null;
    }

    static StreamEntryRow[] Entries(params long[] ids) => Array.ConvertAll(ids, Entry);

    static StreamEntryRow Entry(long id) => new("ws", "str_1", id, Seq: id, CreatedAt: Now, "a", Label: null, Salt: null, "1"u8.ToArray());

    static StreamRow RowAt(long last) => new()
    {
        WorkspaceId = "ws",
        StreamId = "str_1",
        Name = "log",
        Version = last + 1,
        TtlSeconds = null,
        Discoverable = false,
        MaxEntries = null,
        IsPruning = false,
        RetentionSeconds = null,
        RenewsOnAccess = false,
        Schema = null,
        LinkedStash = null,
        CreatedAt = 0,
        CreatedBy = "a",
        ExpiresAt = null,
        DeletedAt = null,
        FirstEntry = 1,
        LastEntry = last,
        StoredFrom = 1,
        Consumers = 0,
        RetainAt = null,
        EraseAt = null,
        CreatedSeq = 1,
        UpdatedSeq = last,
    };
}
