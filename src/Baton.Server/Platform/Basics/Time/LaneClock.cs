namespace Baton.Server.Platform.Basics.Time;

/// <summary>
/// The time that all entries carry and by which things expire. It follows the machine's clock, but never goes back,
/// never stands still, and does not believe a large jump at once. Safe for concurrent use.
/// </summary>
internal sealed partial class LaneClock(TimeProvider time, ILogger<LaneClock> log)
{
    /// <summary>
    /// A machine's clock that is ahead by no more than this is followed at once: it was slow before, or the machine has
    /// slept a little.
    /// </summary>
    static readonly TimeSpan s_smallJump = TimeSpan.FromSeconds(60);

    /// <summary>A larger jump is believed after it has held for this long.</summary>
    static readonly TimeSpan s_doubt = TimeSpan.FromMinutes(5);

    readonly Lock _lock = new();

    // All of these are read and written under _lock. The unit is nanoseconds, because half a microsecond would be lost
    // at every call.
    long _nowNs;
    long _lastTimestamp;
    long? _doubtSince;
    bool _started;

    /// <summary>Whether the machine's clock is far ahead and not believed yet: nothing may expire by it.</summary>
    public bool InDoubt
    {
        get
        {
            lock (_lock) return _doubtSince is not null;
        }
    }

    /// <summary>Begins at the machine's clock, or at the newest stored time if that is later.</summary>
    public void Start(long newestStored)
    {
        lock (_lock)
        {
            _nowNs = Math.Max(WallNs(), (newestStored + 1) * 1000);
            _lastTimestamp = time.GetTimestamp();
            _started = true;
        }
    }

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    public long Now()
    {
        lock (_lock)
        {
            if (!_started) throw new InvalidOperationException("The lane's clock was not started.");
            Advance();
            return _nowNs / 1000;
        }
    }

    void Advance()
    {
        var timestamp = time.GetTimestamp();
        var elapsedNs = (long)(time.GetElapsedTime(_lastTimestamp, timestamp).Ticks * 100);
        _lastTimestamp = timestamp;
        var wallNs = WallNs();
        var steadyNs = _nowNs + elapsedNs;
        if (wallNs - steadyNs > s_smallJump.Ticks * 100)
        {
            _nowNs = Believe(timestamp) ? wallNs : steadyNs;
            return;
        }

        if (_doubtSince is not null) LogDoubtEnded();
        _doubtSince = null;
        // This clock is ahead of the machine's: it goes at half speed until the machine's has caught up.
        _nowNs = wallNs >= steadyNs ? wallNs : Math.Max(wallNs, _nowNs + (elapsedNs / 2));
    }

    bool Believe(long timestamp)
    {
        if (_doubtSince is null)
        {
            _doubtSince = timestamp;
            LogDoubt();
        }

        if (time.GetElapsedTime(_doubtSince.Value, timestamp) < s_doubt) return false;
        _doubtSince = null;
        LogBelieved();
        return true;
    }

    long WallNs() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The machine's clock jumped ahead by more than 60 s. It is believed if it stays so for 5 minutes; "
            + "until then nothing expires by it")]
    partial void LogDoubt();

    [LoggerMessage(Level = LogLevel.Information, Message = "The machine's clock is back; its jump was ignored")]
    partial void LogDoubtEnded();

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The machine's clock stayed ahead for 5 minutes and is followed now")]
    partial void LogBelieved();
}
