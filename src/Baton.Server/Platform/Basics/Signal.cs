using System.Threading.Tasks.Sources;

namespace Baton.Server.Platform.Basics;

/// <summary>
/// A signal for one waiter. Several signals that come before the waiter looks count as one. Thousands of followers wait
/// by it again after every event, so a wait makes no objects: it has one timer, and is its own task.
/// </summary>
internal abstract class Signal : IWakeUp, IValueTaskSource<bool>
{
    readonly Lock _lock = new();

    // Only the waiter uses it.
    CancellationTokenRegistration _registration;
    Timer? _timer;

    // It is used, and also completed, under _lock: the waiter may see the result, and begin its next wait, before the
    // call that completed it has returned.
    ManualResetValueTaskSourceCore<bool> _wait = new() { RunContinuationsAsynchronously = true };
    bool _isSet;
    bool _isWaiting;

    // It is written before the waiter is woken.
    volatile bool _hasHistoryGoneBack;

    /// <summary>
    /// Whether history has gone back since the signal was made: what the waiter has read may no longer be part of it.
    /// </summary>
    public bool HasHistoryGoneBack => _hasHistoryGoneBack;

    public ValueTask<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellation);
        lock (_lock)
        {
            var wasSet = _isSet;
            _isSet = false;
            if (wasSet || timeout == TimeSpan.Zero) return new(wasSet);
            _wait.Reset();
            _isWaiting = true;
        }

        if (timeout != Timeout.InfiniteTimeSpan)
        {
            _timer ??= new Timer(
                static signal => ((Signal)signal!).TimeIsOver(), this, Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
            _timer.Change(timeout, Timeout.InfiniteTimeSpan);
        }

        _registration = cancellation.UnsafeRegister(
            static (signal, token) => ((Signal)signal!).Cancel(token), this);
        return new ValueTask<bool>(this, _wait.Version);
    }

    /// <summary>
    /// Wakes the waiter, because something may have come. Safe for concurrent use; the waiter continues on the thread
    /// pool.
    /// </summary>
    public void Wake()
    {
        lock (_lock)
        {
            _isSet = !_isWaiting;
            if (!_isWaiting) return;
            _isWaiting = false;
            _wait.SetResult(true);
        }
    }

    /// <summary>Wakes the waiter because history has gone back.</summary>
    public void WakeForHistoryGoneBack()
    {
        _hasHistoryGoneBack = true;
        Wake();
    }

    /// <summary>Must not be called while somebody waits or wakes.</summary>
    public virtual void Dispose()
    {
        _registration.Unregister();
        _timer?.Dispose();
    }

    bool IValueTaskSource<bool>.GetResult(short token)
    {
        _registration.Unregister();
        return _wait.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);

    /// <summary>The timer of an earlier wait may come late, and end a later one: a little too early.</summary>
    void TimeIsOver()
    {
        lock (_lock)
        {
            if (!_isWaiting) return;
            _isWaiting = false;
            _wait.SetResult(false);
        }
    }

    void Cancel(CancellationToken token)
    {
        lock (_lock)
        {
            if (!_isWaiting) return;
            _isWaiting = false;
            _wait.SetException(new OperationCanceledException(token));
        }
    }
}
