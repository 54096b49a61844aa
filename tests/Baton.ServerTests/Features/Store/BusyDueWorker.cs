using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Store;

/// <summary>Keeps the due worker in one step until it is disposed: nothing else that is due happens meanwhile.</summary>
internal sealed class BusyDueWorker : IAsyncDisposable
{
    const string Kind = "test.busy";

    readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<BusyDueWorker> MakeAsync(TestServer server, World world)
    {
        var busy = new BusyDueWorker();
        var actor = Actor.System(world.WorkspaceId);
        server.Parts.Registrations.DueKinds.Add(Kind, item => new Hold(item, busy) { Actor = actor });
        var scheduled = await server.Parts.Runner.RunAsync(
            new Begin { Actor = actor }, traceId: null, idempotencyKey: null, TestContext.Current.CancellationToken);
        Assert.Null(scheduled.Failure);
        await busy._begun.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return busy;
    }

    public ValueTask DisposeAsync()
    {
        _done.TrySetResult();
        return default;
    }

    sealed class Begin : Operation
    {
        public override string Name => "test.begin";

        public override string Resource => Kind;

        public override Decision Decide(UnitOfWork work)
        {
            work.Schedule(work.Now, Kind, "");
            return new Effect(Answer: null);
        }
    }

    sealed class Hold(DueRow item, BusyDueWorker busy) : DueOperation(item)
    {
        public override async ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
        {
            busy._begun.TrySetResult();
            await busy._done.Task.WaitAsync(cancellation);
            return null;
        }

        protected override void Happen(UnitOfWork work)
        {
        }
    }
}
