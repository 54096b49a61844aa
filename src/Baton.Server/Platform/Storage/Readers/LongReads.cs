namespace Baton.Server.Platform.Storage.Readers;

/// <summary>
/// Bounds the reads that hold a snapshot for long, and lets no new ones begin while the database waits for the old ones
/// to end. Safe for concurrent use.
/// </summary>
internal sealed class LongReads(int max) : IDisposable
{
    readonly SemaphoreSlim _slots = new(max, max);

    // Null while reads may begin. Otherwise it is completed when they may begin again. The lane writes it, everyone
    // reads it.
    volatile TaskCompletionSource? _pause;

    /// <summary>Waits for a slot; it is given back by disposing it.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (_pause is { } pause) await pause.Task.WaitAsync(cancellation);
            await _slots.WaitAsync(cancellation);
            if (_pause is null) return new Slot(_slots);
            _slots.Release();
        }
    }

    /// <summary>Lets no read begin from now on; those that run end by themselves. Only the lane calls this.</summary>
    public void Pause() => _pause ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets reads begin again. Only the lane calls this.</summary>
    public void Resume()
    {
        var pause = _pause;
        _pause = null;
        pause?.TrySetResult();
    }

    public void Dispose() => _slots.Dispose();

    sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
