namespace Baton.ServerTests.Harness;

/// <summary>A clock that stands still until it is told to move. Safe for concurrent use.</summary>
internal sealed class TestTime : TimeProvider
{
    readonly Lock _lock = new();

    // All under _lock.
    readonly List<Alarm> _alarms = [];
    (TaskCompletionSource Read, Func<bool> When)? _reading;
    (TaskCompletionSource Set, Func<TimeSpan, bool> IsMeant)? _alarmSet;
    DateTimeOffset _now = new(2026, 4, 13, 10, 0, 0, TimeSpan.Zero);
    long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    public override long GetTimestamp()
    {
        lock (_lock)
        {
            if (_reading is var (read, when) && when())
            {
                _reading = null;
                read.SetResult();
            }

            return _ticks;
        }
    }

    /// <summary>
    /// Completes when somebody next reads the monotonic clock, or does while something holds, which may not read it
    /// itself. On PostgreSQL not only who waits reads it: `TestServer.NextWait`.
    /// </summary>
    public Task NextReading(Func<bool>? when = null)
    {
        var read = New();
        lock (_lock) _reading = (read, when ?? (() => true));
        return read.Task;
    }

    /// <summary>Completes when somebody next sets an alarm that rings once, in a time that is meant.</summary>
    public Task NextAlarm(Func<TimeSpan, bool> isMeant)
    {
        var set = New();
        lock (_lock) _alarmSet = (set, isMeant);
        return set.Task;
    }

    /// <summary>Time passes.</summary>
    public void Advance(TimeSpan by)
    {
        Pass(by);
        Ring();
    }

    /// <summary>Time passes, and nobody is woken by it.</summary>
    public void Pass(TimeSpan by)
    {
        lock (_lock) (_now, _ticks) = (_now + by, _ticks + by.Ticks);
    }

    /// <summary>Somebody sets the machine's clock; no time passes.</summary>
    public void SetClock(TimeSpan by)
    {
        lock (_lock) _now += by;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    void Ring()
    {
        while (true)
        {
            Alarm? due;
            lock (_lock)
            {
                due = _alarms.Where(alarm => alarm.At <= _ticks).MinBy(alarm => alarm.At);
                if (due is null) return;
                if (due.Period > TimeSpan.Zero) due.At = _ticks + due.Period.Ticks;
                else _alarms.Remove(due);
            }

            due.Callback();
        }
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    sealed class Alarm(TestTime owner, Action callback) : ITimer
    {
        public Action Callback => callback;

        public long At { get; set; }

        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._lock)
            {
                owner._alarms.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                (At, Period) = (owner._ticks + dueTime.Ticks, period);
                owner._alarms.Add(this);
                if (owner._alarmSet is var (set, isMeant) && period <= TimeSpan.Zero && isMeant(dueTime)) set.TrySetResult();
            }

            return true;
        }

        public void Dispose()
        {
            lock (owner._lock) owner._alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
