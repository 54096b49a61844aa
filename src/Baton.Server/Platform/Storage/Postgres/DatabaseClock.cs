namespace Baton.Server.Platform.Storage.Postgres;

/// <summary>
/// The machine's clock, set by the database's, so that all servers on one database tell the same time. Timers and the
/// monotonic clock are the machine's. Safe for concurrent use.
/// </summary>
internal sealed class DatabaseClock(TimeProvider machine) : TimeProvider
{
    // Ticks. Written by whoever sets the clock, read by everyone.
    long _ahead;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    /// <summary>The database's clock is so far ahead of the machine's.</summary>
    public void Set(TimeSpan ahead) => Volatile.Write(ref _ahead, ahead.Ticks);

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow().AddTicks(Volatile.Read(ref _ahead));

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);
}
