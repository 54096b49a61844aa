using Baton.Server.Platform.Storage;

namespace Baton.Tests.Platform.Storage;

public sealed class WorkspacePlacesTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enter_WhenAWorkspaceHasAllItsPlaces_WaitsForItsOwnAlone()
    {
        var places = new WorkspacePlaces(perWorkspace: 2);
        var first = await places.EnterAsync("hostile", Cancellation);
        using var second = await places.EnterAsync("hostile", Cancellation);
        var third = places.EnterAsync("hostile", Cancellation).AsTask();
        Assert.False(third.IsCompleted);
        (await places.EnterAsync("other", Cancellation)).Dispose();
        Assert.False(third.IsCompleted);
        first.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task Enter_Cancelled_TakesNoPlace()
    {
        var places = new WorkspacePlaces(perWorkspace: 1);
        var first = await places.EnterAsync("one", Cancellation);
        using var impatient = new CancellationTokenSource();
        var waiting = places.EnterAsync("one", impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.Dispose();
        (await places.EnterAsync("one", Cancellation)).Dispose();
    }
}
