using System.ComponentModel.DataAnnotations;

namespace Baton.Contracts.Identity;

/// <summary>The most requests that a key may make in a window.</summary>
/// <param name="Requests">1 to 1 000 000 000.</param>
/// <param name="WindowSeconds">1 to 86 400 seconds.</param>
public sealed record RateLimit(
    [property: Range(1, 1_000_000_000)] long Requests, [property: Range(1, 86_400)] long WindowSeconds);
