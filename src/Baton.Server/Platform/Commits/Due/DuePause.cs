using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Commits.Due;

/// <summary>A workspace in which not even setting aside is possible: until when it has no turn.</summary>
/// <param name="Until">In lane micros; 0: it has its turn.</param>
/// <param name="Count">How often in a row.</param>
internal readonly record struct DuePause(long Until, int Count)
{
    const long FirstMicros = Micros.PerSecond;

    /// <summary>A minute.</summary>
    const long MaxMicros = 60 * Micros.PerSecond;

    public DuePause Longer(long now) => new(now + Math.Min(FirstMicros << Math.Min(Count, 32), MaxMicros), Count + 1);
}
