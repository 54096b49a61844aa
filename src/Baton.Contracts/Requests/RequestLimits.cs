namespace Baton.Contracts.Requests;

/// <summary>Bounds that several requests have in common.</summary>
public static class RequestLimits
{
    /// <summary>The most seconds until a thing ends (ten years); the least is 1.</summary>
    public const int MaxTtlSeconds = 10 * 365 * 24 * 3600;

    /// <summary>
    /// The most seconds for which a request is held until there is something to answer; the least is 0.
    /// </summary>
    public const int MaxWaitSeconds = 60;

    /// <summary>The most characters of a model's name; the least is 1.</summary>
    public const int MaxModelLength = 128;
}
