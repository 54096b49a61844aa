using System.ComponentModel.DataAnnotations;

namespace Baton.Contracts.Identity;

/// <summary>How many requests a key may make in a window of time.</summary>
/// <param name="Requests">The most requests in a window, from 1 to 1000000000.</param>
/// <param name="WindowSeconds">The length of a window in seconds, from 1 to 86400 (a day).</param>
public sealed record RateLimit(
    [property: Range(1, RateLimit.MaxRequests)] long Requests,
    [property: Range(1, RateLimit.MaxWindowSeconds)] long WindowSeconds)
{
    /// <summary>The most requests that a window can be given; the least is 1.</summary>
    public const int MaxRequests = 1_000_000_000;

    /// <summary>The most seconds of a window (a day); the least is 1.</summary>
    public const int MaxWindowSeconds = 86_400;
}
