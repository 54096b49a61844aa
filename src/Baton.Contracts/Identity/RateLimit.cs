using System.ComponentModel.DataAnnotations;

namespace Baton.Contracts.Identity;

/// <summary>The most requests that a key may make in a window.</summary>
/// <param name="Requests">1 to 1 000 000 000.</param>
/// <param name="WindowSeconds">1 to 86 400 seconds.</param>
public sealed record RateLimit(
    [property: Range(1, RateLimit.MaxRequests)] long Requests,
    [property: Range(1, RateLimit.MaxWindowSeconds)] long WindowSeconds)
{
    /// <summary>Requests in a window, from 1.</summary>
    public const int MaxRequests = 1_000_000_000;

    /// <summary>Seconds of a window, from 1.</summary>
    public const int MaxWindowSeconds = 86_400;
}
