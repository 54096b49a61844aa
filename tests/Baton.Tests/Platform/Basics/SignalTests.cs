using Baton.Server.Platform.Basics;

namespace Baton.Tests.Platform.Basics;

/// <summary>A signal wakes its one waiter for whatever came since it looked, and is waited for again and again.</summary>
public sealed class SignalTests
{
    static readonly TimeSpan s_long = TimeSpan.FromMinutes(5);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wait_AfterAWake_IsOverAtOnceAndOnlyOnce()
    {
        using var signal = new TestSignal();
        signal.Wake();
        signal.Wake();
        Assert.True(await signal.WaitAsync(s_long, Cancellation));
        Assert.False(await signal.WaitAsync(TimeSpan.Zero, Cancellation));
        Assert.False(await signal.WaitAsync(TimeSpan.FromMilliseconds(1), Cancellation));
    }

    [Fact]
    public async Task Wait_BeforeAWake_IsEndedByIt()
    {
        using var signal = new TestSignal();
        for (var count = 0; count < 3; count++)
        {
            var waiting = signal.WaitAsync(s_long, Cancellation);
            Assert.False(waiting.IsCompleted);
            signal.Wake();
            Assert.True(await waiting);
        }
    }

    [Fact]
    public async Task Wait_WhenTheTimeIsOver_GoesOnWithTheNext()
    {
        using var signal = new TestSignal();
        for (var count = 0; count < 3; count++) Assert.False(await signal.WaitAsync(TimeSpan.FromMilliseconds(2), Cancellation));
        var waiting = signal.WaitAsync(s_long, Cancellation);
        signal.Wake();
        Assert.True(await waiting);
    }

    [Fact]
    public async Task Wait_Cancelled_Throws()
    {
        using var signal = new TestSignal();
        using var cancelling = new CancellationTokenSource();
        var waiting = signal.WaitAsync(s_long, cancelling.Token).AsTask();
        await cancelling.CancelAsync();
        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(cancelling.Token, thrown.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => signal.WaitAsync(s_long, cancelling.Token).AsTask());
    }

    [Fact]
    public async Task Wait_WokenByManyAtOnce_MissesNoWake()
    {
        const int Rounds = 100_000;
        using var signal = new TestSignal();
        var told = 0;
        var waking = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                Interlocked.Increment(ref told);
                signal.Wake();
            }
        })).ToArray();
        // Timers that fire, and waits that end by themselves, among the wakes.
        for (var seen = 0; seen < 2 * Rounds; seen = Volatile.Read(ref told))
            await signal.WaitAsync(seen % 3 == 0 ? TimeSpan.FromMilliseconds(1) : s_long, Cancellation);
        await Task.WhenAll(waking);
    }

    sealed class TestSignal : Signal;
}
