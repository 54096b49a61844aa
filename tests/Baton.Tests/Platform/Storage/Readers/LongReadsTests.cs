using Baton.Server.Platform.Storage.Readers;

namespace Baton.Tests.Platform.Storage.Readers;

public sealed class LongReadsTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enter_WhenAllPlacesAreTaken_WaitsForOne()
    {
        using var reads = new LongReads(max: 1);
        var first = await reads.EnterAsync(Cancellation);
        var second = reads.EnterAsync(Cancellation).AsTask();
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public async Task Enter_WhilePaused_WaitsForTheEnd()
    {
        using var reads = new LongReads(max: 2);
        var running = await reads.EnterAsync(Cancellation);
        reads.Pause();
        var waiting = reads.EnterAsync(Cancellation).AsTask();
        running.Dispose();
        Assert.False(waiting.IsCompleted);
        reads.Resume();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task Enter_Cancelled_LeavesThePlace()
    {
        using var reads = new LongReads(max: 1);
        using var impatient = new CancellationTokenSource();
        reads.Pause();
        var waiting = reads.EnterAsync(impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        reads.Resume();
        (await reads.EnterAsync(Cancellation)).Dispose();
    }
}
