namespace Baton.Server.Platform.Feed;

/// <summary>Something that a request waits for, armed from the moment it is made: what comes earlier is not missed.</summary>
internal interface IWakeUp : IDisposable
{
    /// <summary>True when something may have come; false when the time is over.</summary>
    Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellation);
}

/// <summary>A signal for one waiter; several before it looks are one.</summary>
internal abstract class Signal : IWakeUp
{
    readonly SemaphoreSlim _semaphore = new(initialCount: 0, maxCount: 1);

    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellation) =>
        _semaphore.WaitAsync(timeout, cancellation);

    /// <summary>Called under the lock of whoever wakes, so two calls never meet, nor one the end.</summary>
    public void Wake()
    {
        if (_semaphore.CurrentCount == 0) _semaphore.Release();
    }

    public virtual void Dispose() => _semaphore.Dispose();
}
