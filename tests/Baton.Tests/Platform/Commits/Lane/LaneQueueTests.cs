using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using FsCheck.Fluent;

namespace Baton.Tests.Platform.Commits.Lane;

public sealed class LaneQueueTests
{
    const long AnyBytes = long.MaxValue;

    [Fact]
    public void Take_OfAnyQueue_GivesEachWorkspaceItsTurnInItsOrder() => Laws.Hold(
        Gen.Choose(0, 4).ListOf(50), workspaces =>
    {
        using var queue = new LaneQueue();
        var numbers = new int[5];
        foreach (var workspace in workspaces) queue.Add(Item(workspace, ++numbers[workspace]));
        Assert.Equal(workspaces.Count, queue.Count);
        queue.Close();
        var taken = new List<Submission>();
        var batch = new LaneQueue.Taken();
        while (queue.Take(batch, maxCount: 7, AnyBytes))
        {
            taken.AddRange(batch.Batch);
            queue.Release(batch);
        }

        // Round after round; in each, workspaces as they first came.
        var order = workspaces.Distinct().ToList();
        var expected = Enumerable.Range(1, 50)
            .SelectMany(round => order.Where(workspace => numbers[workspace] >= round).Select(workspace => $"{workspace}/{round}"));
        Assert.Equal(expected, taken.Select(item => $"{item.Operation.Actor.WorkspaceId}/{item.Operation.Resource}"));
        Assert.Equal(0, queue.Count);
        Assert.False(queue.Take(batch, maxCount: 1, AnyBytes));
    }, count: 200);

    [Fact]
    public void Add_MoreThanAWorkspaceMayQueue_IsRefusedForItAlone()
    {
        using var queue = new LaneQueue();
        for (var number = 0; number < LaneQueue.MaxPerWorkspace; number++)
            Assert.Equal(LaneQueue.AddResult.Added, queue.Add(Item(workspace: 1, number)));
        Assert.Equal(LaneQueue.AddResult.Full, queue.Add(Item(workspace: 1, number: 0)));
        Assert.Equal(LaneQueue.AddResult.Added, queue.Add(Item(workspace: 2, number: 0)));
        Assert.True(queue.Take(new LaneQueue.Taken(), maxCount: 1, AnyBytes));
        Assert.Equal(LaneQueue.AddResult.Added, queue.Add(Item(workspace: 1, number: 0)));
    }

    [Fact]
    public void Add_MoreBytesThanAWorkspaceMayQueue_IsRefused()
    {
        using var queue = new LaneQueue();
        const int Weight = 50 * 1024 * 1024;
        for (var number = 0; number < 3; number++)
            Assert.Equal(LaneQueue.AddResult.Added, queue.Add(Item(workspace: 1, number, Weight)));
        Assert.Equal(LaneQueue.AddResult.Full, queue.Add(Item(workspace: 1, number: 3)));
        Assert.Equal(LaneQueue.AddResult.Added, queue.Add(Item(workspace: 2, number: 3)));
        Assert.True(queue.Take(new LaneQueue.Taken(), maxCount: 1, AnyBytes));
        Assert.Equal(LaneQueue.AddResult.Added, queue.Add(Item(workspace: 1, number: 3)));
    }

    [Fact]
    public void Take_WithABoundOfBytes_EndsTheBatchWithTheOneThatReachesIt()
    {
        using var queue = new LaneQueue();
        for (var number = 0; number < 5; number++) queue.Add(Item(workspace: 1, number, weight: 10));
        var taken = new LaneQueue.Taken();
        queue.Take(taken, maxCount: 100, maxBytes: 25);
        Assert.Equal(3, taken.Batch.Count);
    }

    [Fact]
    public void Take_WithABoundOfRows_GivesEachWorkspaceItsPart()
    {
        using var queue = new LaneQueue();
        for (var number = 1; number <= 3; number++) queue.Add(Item(workspace: 1, number, rows: 40));
        for (var number = 1; number <= 3; number++) queue.Add(Item(workspace: 2, number));
        // 50 rows for each: of the first workspace one write fits, of the second all.
        Assert.Equal(["1/1", "2/1", "2/2", "2/3"], TakeRows(queue));
        Assert.Equal(["1/2", "1/3"], TakeRows(queue));
    }

    [Fact]
    public void Take_OfWritesOfMoreRowsThanABatchHolds_TakesOneAtATimeAndEveryonesTurnComes()
    {
        using var queue = new LaneQueue();
        for (var number = 1; number <= 2; number++) queue.Add(Item(workspace: 1, number, rows: 1000));
        for (var number = 1; number <= 2; number++) queue.Add(Item(workspace: 2, number, rows: 1000));
        queue.Add(Item(workspace: 3, number: 1));
        // What is small does not wait for what is large; but only once.
        Assert.Equal(["3/1"], TakeRows(queue));
        queue.Add(Item(workspace: 3, number: 2));
        Assert.Equal(["1/1"], TakeRows(queue));
        Assert.Equal(["2/1"], TakeRows(queue));
        Assert.Equal(["3/2"], TakeRows(queue));
        Assert.Equal(["1/2"], TakeRows(queue));
        Assert.Equal(["2/2"], TakeRows(queue));
    }

    [Fact]
    public async Task Take_OfAnEmptyQueue_WaitsForAnItemOrTheEnd()
    {
        using var queue = new LaneQueue();
        var taken = new LaneQueue.Taken();
        var taking = Task.Run(() => queue.Take(taken, maxCount: 10, AnyBytes), TestContext.Current.CancellationToken);
        queue.Add(Item(workspace: 1, number: 1));
        Assert.True(await taking);
        Assert.Single(taken.Batch);
        queue.Release(taken);
        taking = Task.Run(() => queue.Take(taken, maxCount: 10, AnyBytes), TestContext.Current.CancellationToken);
        queue.Close();
        Assert.False(await taking);
        Assert.Equal(LaneQueue.AddResult.Closed, queue.Add(Item(workspace: 1, number: 2)));
    }

    [Fact]
    public void Take_BySeveralThreads_GivesAWorkspaceToOneAtATime()
    {
        using var queue = new LaneQueue(laneCount: 2);
        for (var number = 1; number <= 4; number++) queue.Add(Item(workspace: number % 2, number));
        var (first, second) = (new LaneQueue.Taken(), new LaneQueue.Taken());
        Assert.True(queue.Take(first, maxCount: 1, AnyBytes));
        Assert.True(queue.Take(second, maxCount: 10, AnyBytes));
        Assert.Equal(["1"], first.Batch.Select(item => item.Operation.Resource));
        Assert.Equal(["2", "4"], second.Batch.Select(item => item.Operation.Resource));
        queue.Release(first);
        Assert.True(queue.Take(first, maxCount: 10, AnyBytes));
        Assert.Equal(["3"], first.Batch.Select(item => item.Operation.Resource));
    }

    static List<string> TakeRows(LaneQueue queue)
    {
        var taken = new LaneQueue.Taken();
        Assert.True(queue.Take(taken, maxCount: 100, AnyBytes, maxRows: 100));
        var items = taken.Batch.ConvertAll(item => $"{item.Operation.Actor.WorkspaceId}/{item.Operation.Resource}");
        queue.Release(taken);
        return items;
    }

    static Submission Item(int workspace, int number, int weight = 0, int rows = 1) => new(
        new Stub($"{number}", weight, rows) { Actor = Actor.System($"{workspace}") }, traceId: null, idempotencyKey: null, CancellationToken.None);

    sealed class Stub(string resource, int weight, int rows) : Operation
    {
        public override string Name => "test";

        public override string Resource => resource;

        public override Weight Weight => new(Bytes: weight, Rows: rows);

        public override Decision Decide(UnitOfWork work) => new Effect(Answer: null);
    }
}
