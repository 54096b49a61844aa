using System.Data.Common;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Pages;
using Baton.Server.Platform.Storage.Readers;
using Baton.Tests.Harness;
using FsCheck.Fluent;

namespace Baton.Tests.Platform.Reading.Pages;

/// <summary>Pages of rows: what is in them, where they end, and how much is looked at for them.</summary>
public sealed class PageScanTests : IDisposable
{
    const string Action = "thing.list";

    static readonly BatonOptions s_options = new();

    readonly MemoryLane _lane = new(s_options);

    // Rows that were read, and how many a step asked for.
    readonly List<string> _read = [];
    readonly List<long> _steps = [];

    public void Dispose() => _lane.Dispose();

    [Fact]
    public void Pages_OfAnyRows_HoldInOrderWhatIsThereAndWanted()
    {
        var cases = Gen.Zip(
            Gen.Elements(Kind.Wanted, Kind.Wanted, Kind.Other, Kind.Dead, Kind.Hidden).ListOf(), Gen.Choose(1, 5));
        Laws.Hold(cases, one =>
        {
            var (kinds, limit) = (one.Item1.ToList(), one.Item2);
            using var lane = new MemoryLane(s_options);
            var rows = Fill(lane, kinds);
            var (found, place) = (new List<string>(), "");
            for (var page = 0; ; page++)
            {
                Assert.InRange(page, 0, rows.Count);
                var (items, next) = Read(lane, place, limit);
                Assert.InRange(items.Count, 0, limit);
                found.AddRange(items);
                if (next is null) break;
                // There is a next page only where something is there that the caller may see, and never behind that.
                Assert.Equal(items[^1], next);
                Assert.Equal(limit, items.Count);
                Assert.Contains(rows, row => string.CompareOrdinal(row, next) > 0 && KindOf(row) <= Kind.Other);
                place = next;
            }

            Assert.Equal(rows.Where(row => KindOf(row) == Kind.Wanted), found);
        });
    }

    [Fact]
    public void Page_WhoseRestIsNotThere_IsTheLast()
    {
        Fill(_lane, [Kind.Wanted, Kind.Wanted, Kind.Dead, Kind.Hidden]);
        var (items, next) = Read(_lane, "", limit: 2);
        Assert.Equal((2, null), (items.Count, next));
    }

    [Fact]
    public void Page_ThatLooksThroughTooMuch_EndsAndLeadsOn()
    {
        var rows = Fill(_lane, [.. Enumerable.Repeat(Kind.Dead, PageBounds.MaxScanned), Kind.Wanted]);
        var (items, next) = Read(_lane, "", limit: 5);
        Assert.Empty(items);
        Assert.Equal(rows[^2], next);
        Assert.Equal(PageBounds.MaxScanned, _read.Count);
        Assert.Equal([6, 24, 96, 384, 1000], _steps.Take(5));
        Assert.All(_steps, step => Assert.InRange(step, 1, PageBounds.MaxStep));
        var (last, end) = Read(_lane, next!, limit: 5);
        Assert.Equal([rows[^1]], last);
        Assert.Null(end);
    }

    [Fact]
    public void Page_OfLargeItems_EndsByBytesButHasOneAtLeast()
    {
        var rows = Fill(_lane, [Kind.Wanted, Kind.Wanted, Kind.Wanted]);
        var (two, afterTwo) = Read(_lane, "", limit: 5, size: PageBounds.MaxBytes / 2);
        Assert.Equal([rows[0], rows[1]], two);
        Assert.Equal(rows[1], afterTwo);
        var (one, afterOne) = Read(_lane, "", limit: 5, size: PageBounds.MaxBytes + 1);
        Assert.Equal([rows[0]], one);
        Assert.Equal(rows[0], afterOne);
    }

    [Fact]
    public void Page_ThatAsksFurther_AsksOnlyOfWhatIsThereAndWanted()
    {
        var rows = Fill(_lane, [Kind.Hidden, Kind.Wanted, Kind.Other, Kind.Wanted, Kind.Dead]);
        var asked = new List<string>();
        var (items, _) = Read(_lane, "", limit: 5, alsoWants: row =>
        {
            asked.Add(row);
            return row == rows[3];
        });
        Assert.Equal([rows[1], rows[3]], asked);
        Assert.Equal([rows[3]], items);
    }

    /// <summary>A row of each kind; its name begins with its place in the order.</summary>
    static List<string> Fill(MemoryLane lane, List<Kind> kinds)
    {
        var names = kinds.Select((kind, place) => $"{place:D6}-{kind}").ToList();
        foreach (var name in names)
            lane.Rows.Of(WorkspaceNameRow.Table).Put(new WorkspaceNameRow(name, MemoryLane.Workspace));
        return names;
    }

    static Kind KindOf(string name) => Enum.Parse<Kind>(name[7..]);

    (List<string> Items, string? Next) Read(
        MemoryLane lane, string after, int limit, long size = 1, Func<string, bool>? alsoWants = null)
    {
        var caller = new Caller(
            lane.Server.Reading, lane.Actor, SecretHash.Of("secret"), traceId: null, CancellationToken.None);
        var scan = new PageScan<string>
        {
            Select = Select,
            Read = ReadName,
            PlaceOf = name => name,
            // What nobody has declared is there for admins only.
            ResourceOf = name => KindOf(name) == Kind.Hidden ? $"hidden:{name}" : $"stash:{name}",
            IsLive = name => KindOf(name) != Kind.Dead,
            Wants = name => KindOf(name) == Kind.Wanted,
            AlsoWants = alsoWants is null ? null : (_, name, _) => ValueTask.FromResult(alsoWants(name)),
            SizeOf = _ => size,
        };
        var page = scan.ReadAsync(caller, Action, after, limit).AsTask();
        Assert.True(page.IsCompletedSuccessfully);
        return ([.. page.Result.Rows], page.Result.Next);
    }

    DbCommand Select(ReadSession session, string place, long count)
    {
        _steps.Add(count);
        return session.Command(
            "SELECT name, workspace_id FROM workspace_name WHERE name > @after ORDER BY name LIMIT @limit",
            ("@after", place), ("@limit", count));
    }

    string ReadName(DbDataReader reader)
    {
        _read.Add(reader.GetString(0));
        return _read[^1];
    }

    enum Kind
    {
        Wanted,
        Other,
        Dead,
        Hidden,
    }
}
