namespace Baton.Server.Platform.Storage;

/// <summary>
/// Bounds the reads that hold a snapshot for long, and keeps new ones from beginning while the database has to be rid
/// of old ones. Safe for concurrent use.
/// </summary>
internal sealed class LongReads(int max) : IDisposable
{
    readonly SemaphoreSlim _places = new(max, max);

    // Null while reads may begin; completed when they may again. Written by the lane, read by everyone.
    volatile TaskCompletionSource? _pause;

    /// <summary>A place, to be given back.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (_pause is { } pause) await pause.Task.WaitAsync(cancellation);
            await _places.WaitAsync(cancellation);
            if (_pause is null) return new Place(_places);
            _places.Release();
        }
    }

    /// <summary>The lane's: no read begins from now on; those that run end by themselves.</summary>
    public void Pause() => _pause ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The lane's: reads may begin.</summary>
    public void Resume()
    {
        var pause = _pause;
        _pause = null;
        pause?.TrySetResult();
    }

    public void Dispose() => _places.Dispose();

    sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
