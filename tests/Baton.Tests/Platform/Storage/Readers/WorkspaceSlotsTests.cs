using Baton.Server.Platform.Storage.Readers;

namespace Baton.Tests.Platform.Storage.Readers;

public sealed class WorkspaceSlotsTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enter_WhenAWorkspaceHasAllItsSlots_WaitsForItsOwnAlone()
    {
        var slots = new WorkspaceSlots(perWorkspace: 2);
        var first = await slots.EnterAsync("hostile", Cancellation);
        using var second = await slots.EnterAsync("hostile", Cancellation);
        var third = slots.EnterAsync("hostile", Cancellation).AsTask();
        Assert.False(third.IsCompleted);
        (await slots.EnterAsync("other", Cancellation)).Dispose();
        Assert.False(third.IsCompleted);
        first.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task Enter_Cancelled_TakesNoSlot()
    {
        var slots = new WorkspaceSlots(perWorkspace: 1);
        var first = await slots.EnterAsync("one", Cancellation);
        using var impatient = new CancellationTokenSource();
        var waiting = slots.EnterAsync("one", impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.Dispose();
        (await slots.EnterAsync("one", Cancellation)).Dispose();
    }
}
