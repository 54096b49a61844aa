using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.Tests.Harness;

namespace Baton.Tests.Platform.Commits.Lane.RowSets;

/// <summary>What operations need to know is asked in rounds: as often as needed, and no oftener.</summary>
public sealed class ReadSetTests : IDisposable
{
    readonly MemoryLane _lane = new(new BatonOptions());

    public void Dispose() => _lane.Dispose();

    [Fact]
    public void Operation_ThatNamesItsRows_IsAskedOnce()
    {
        var asked = new Asking(_lane, (reads, _) => reads.Add(WorkspaceNameRow.Table, "a"));
        var follower = Following("a");
        Name("a", "b");
        _lane.Decide(asked, follower);
        Assert.Equal((1, 3), (asked.Rounds, follower.Rounds));
    }

    [Fact]
    public void Operation_ThatFollowsRows_IsAskedUntilAllAreKnown()
    {
        Name("a", "b");
        Name("b", "c");
        var operation = Following("a");
        operation.Decides = work =>
        {
            Assert.Equal("c", work.Get(WorkspaceNameRow.Table, "b")!.WorkspaceId);
            Assert.Null(work.Get(WorkspaceNameRow.Table, "c"));
        };
        Assert.Equal("ok", Assert.Single(_lane.Decide(operation)).Told);
        Assert.Equal(4, operation.Rounds);
    }

    [Fact]
    public void Operation_ThatNamesMoreInEveryRound_FailsAlone()
    {
        var endless = new Asking(_lane, (reads, round) => reads.Find(WorkspaceNameRow.Table, $"{round}"));
        var other = Following("a");
        Name("a", "b");
        var told = _lane.Decide(endless, other).ToDictionary(decided => decided.Operation, decided => decided.Told);
        Assert.Equal(("server.internal", "ok"), (told[endless], told[other]));
        Assert.Equal(ReadSet.MaxRounds, endless.Rounds);
    }

    [Fact]
    public void Operation_ThatFailsWhileItIsAsked_FailsAlone()
    {
        var faulty = new Asking(_lane, (_, _) => throw new InvalidOperationException("A test wants it so."));
        var other = Following("a");
        var told = _lane.Decide(faulty, other).ToDictionary(decided => decided.Operation, decided => decided.Told);
        Assert.Equal(("server.internal", "ok"), (told[faulty], told[other]));
    }

    [Fact]
    public void Query_OfAnOperation_SeesWhatThoseBeforeItChanged()
    {
        var found = new List<string>();
        var writing = new Asking(_lane, (_, _) => { })
        {
            Decides = work => work.Put(WorkspaceNameRow.Table, new WorkspaceNameRow("a", "b")),
        };
        var asking = new Asking(_lane, (reads, _) => reads.Query((_, _) =>
        {
            found.AddRange(_lane.Rows.Of(WorkspaceNameRow.Table).Rows.Select(row => row.Name));
            return default;
        }));
        _lane.Decide(writing, asking);
        Assert.Equal(["a"], found);
    }

    void Name(string name, string next) => _lane.Rows.Of(WorkspaceNameRow.Table).Put(new WorkspaceNameRow(name, next));

    /// <summary>Goes from name to name, as long as there is one.</summary>
    Asking Following(string first) => new(_lane, (reads, _) =>
    {
        for (var name = first; name is not null; name = reads.Find(WorkspaceNameRow.Table, name)?.WorkspaceId)
        {
        }
    });

    sealed class Asking : Operation
    {
        readonly Action<ReadSet, int> _reads;

        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public Asking(MemoryLane lane, Action<ReadSet, int> reads)
        {
            Actor = lane.Actor;
            _reads = reads;
        }

        public int Rounds { get; private set; }

        public Action<UnitOfWork> Decides { get; set; } = _ => { };

        public override string Name => "test.ask";

        public override string Resource => "test";

        public override void Reads(ReadSet reads) => _reads(reads, ++Rounds);

        public override Decision Decide(UnitOfWork work)
        {
            Decides(work);
            return new Effect(Answer: null);
        }
    }
}
