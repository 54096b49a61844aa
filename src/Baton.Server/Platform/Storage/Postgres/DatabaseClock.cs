namespace Baton.Server.Platform.Storage.Postgres;

/// <summary>
/// The database's clock, so that all servers on one database tell the same time: the time that it showed last, plus the
/// time that has passed since. A jump of the machine's clock has no effect. Timers and the monotonic clock are the
/// machine's. Safe for concurrent use.
/// </summary>
internal sealed class DatabaseClock : TimeProvider
{
    readonly TimeProvider _machine;

    // Whoever sets the clock replaces it; everyone reads it.
    volatile Reading _last;

    public DatabaseClock(TimeProvider machine, TimeSpan ahead)
    {
        _machine = machine;
        _last = ReadingOf(ahead);
    }

    public override long TimestampFrequency => _machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => _machine.LocalTimeZone;

    /// <summary>Sets the clock: the database's is ahead of the machine's by this much now.</summary>
    public void Set(TimeSpan ahead) => _last = ReadingOf(ahead);

    public override DateTimeOffset GetUtcNow()
    {
        var last = _last;
        return last.Time + _machine.GetElapsedTime(last.Timestamp);
    }

    public override long GetTimestamp() => _machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _machine.CreateTimer(callback, state, dueTime, period);

    Reading ReadingOf(TimeSpan ahead) => new(_machine.GetUtcNow() + ahead, _machine.GetTimestamp());

    sealed record Reading(DateTimeOffset Time, long Timestamp);
}
