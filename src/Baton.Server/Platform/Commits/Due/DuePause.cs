using Baton.Server.Platform.Basics.Time;

namespace Baton.Server.Platform.Commits.Due;

/// <summary>How long a workspace has no turn, because in it items cannot even be set aside.</summary>
/// <param name="Until">In microseconds of the lane's time; 0: the workspace has its turn.</param>
/// <param name="Count">How often it was paused in a row.</param>
internal readonly record struct DuePause(long Until, int Count)
{
    const long FirstMicros = Micros.PerSecond;

    /// <summary>The longest pause: a minute.</summary>
    const long MaxMicros = 60 * Micros.PerSecond;

    public DuePause Longer(long now) => new(now + Math.Min(FirstMicros << Math.Min(Count, 32), MaxMicros), Count + 1);
}
