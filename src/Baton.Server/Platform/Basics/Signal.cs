using System.Threading.Tasks.Sources;

namespace Baton.Server.Platform.Basics;

/// <summary>
/// A signal for one waiter; several before it looks are one. Thousands of followers wait by it again after every
/// event, so a wait makes no objects: it has one timer, and is its own task.
/// </summary>
internal abstract class Signal : IWakeUp, IValueTaskSource<bool>
{
    readonly Lock _lock = new();

    // The waiter's alone.
    CancellationTokenRegistration _registration;
    Timer? _timer;

    // Under _lock: completed within it as well, because the waiter may see the result, and begin the next wait, before
    // the call that set it has returned.
    ManualResetValueTaskSourceCore<bool> _wait = new() { RunContinuationsAsynchronously = true };
    bool _isSet;
    bool _isWaiting;

    // Written before the waiter is woken.
    volatile bool _hasHistoryGoneBack;

    /// <summary>
    /// History went back since the signal was made: what the waiter has read may be no part of it any more.
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

    /// <summary>Something may have come. Safe for concurrent use; the waiter goes on on the thread pool.</summary>
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

    /// <summary>Wakes, and tells why.</summary>
    public void WakeForHistoryGoneBack()
    {
        _hasHistoryGoneBack = true;
        Wake();
    }

    /// <summary>Not while somebody waits or wakes.</summary>
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
