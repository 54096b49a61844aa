using Baton.Server.Platform.Basics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Tests.Platform.Basics;

/// <summary>Nothing that runs beside the requests ends without being told.</summary>
public sealed class BackgroundTests : IDisposable
{
    readonly CancellationTokenSource _stopping = new();
    readonly Background _background;

    public BackgroundTests() => _background = new Background(NullLogger<Background>.Instance, _stopping.Token);

    public void Dispose() => _stopping.Dispose();

    [Fact]
    public async Task Work_ThatThrows_IsAFailureOfTheServer()
    {
        await _background.RunAsync("counting", _ => Task.FromException(new FormatException()));
        Assert.True(_background.Failed.IsCompleted);
    }

    [Fact]
    public async Task Work_ThatThrowsBeforeItIsATask_IsAFailureOfTheServer()
    {
        await _background.RunAsync("counting", _ => throw new FormatException());
        Assert.True(_background.Failed.IsCompleted);
    }

    [Fact]
    public async Task Work_ThatEndsBeforeTheServerStops_IsAFailureOfTheServer()
    {
        await _background.RunAsync("counting", _ => Task.CompletedTask);
        Assert.True(_background.Failed.IsCompleted);
    }

    [Fact]
    public async Task Work_ThatEndsWithTheServer_IsNone()
    {
        var running = _background.RunAsync("counting", token => Task.Delay(Timeout.Infinite, token));
        await _stopping.CancelAsync();
        await running;
        Assert.False(_background.Failed.IsCompleted);
    }

    [Fact]
    public async Task Work_CancelledWhileTheServerRuns_IsAFailureOfTheServer()
    {
        await _background.RunAsync("counting", _ => Task.FromCanceled(new CancellationToken(canceled: true)));
        Assert.True(_background.Failed.IsCompleted);
    }

    [Fact]
    public void Watched_ThatEnds_IsNoFailure()
    {
        _background.Watch(Task.CompletedTask);
        Assert.False(_background.Failed.IsCompleted);
    }

    [Fact]
    public void Watched_ThatThrows_IsAFailureOfTheServer()
    {
        _background.Watch(Task.FromException(new FormatException()));
        Assert.True(_background.Failed.IsCompleted);
    }

    [Fact]
    public void Fault_ThatWorkGoesOnAfter_IsNoFailure()
    {
        _background.Tell("Following stream:str_1", new FormatException());
        Assert.False(_background.Failed.IsCompleted);
    }
}
