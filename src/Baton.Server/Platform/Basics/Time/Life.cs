namespace Baton.Server.Platform.Basics.Time;

/// <summary>
/// From when on a thing is not there any more. It lives until it expires, if it ever does; when it has expired or was
/// deleted, its tombstone stays for a while, in which its version goes on: who makes it again gets the next one, not 1.
/// All are times of the lane, in microseconds since 1970-01-01 UTC. Where a row is not there, its life is the default:
/// nothing is due. Stands in the thing's row, which alone has the truth.
/// </summary>
/// <param name="ExpiresAt">When it ends by itself; null: never.</param>
/// <param name="DeletedAt">When it ended, in the row that is left of it; null while it lives.</param>
internal readonly record struct Life(long? ExpiresAt, long? DeletedAt = null)
{
    /// <summary>Thirty days: so long a tombstone stays.</summary>
    public const long TombstoneMicros = 30L * 24 * 3600 * Micros.PerSecond;

    /// <summary>When it is to expire; null: never, or it has ended.</summary>
    public long? ExpireAt => DeletedAt is null ? ExpiresAt : null;

    /// <summary>When its tombstone is to be forgotten; null while it lives.</summary>
    public long? PurgeAt => DeletedAt + TombstoneMicros;

    /// <summary>The end of what lives for so many seconds from now on; null: it has none.</summary>
    public static long? EndOf(long now, long? ttlSeconds) => now + (ttlSeconds * Micros.PerSecond);

    /// <summary>
    /// Neither deleted nor expired: what is expired is gone at once, before the due-queue comes to it.
    /// </summary>
    public bool IsLive(long now) => DeletedAt is null && (ExpiresAt is null || ExpiresAt > now);

    /// <summary>As <see cref="IsLive(long)"/>; the clock is asked only where it matters.</summary>
    public bool IsLive(LaneClock clock) => DeletedAt is null && (ExpiresAt is null || ExpiresAt > clock.Now());
}
