namespace Baton.Contracts.Requests;

/// <summary>Bounds that several requests have.</summary>
public static class RequestLimits
{
    /// <summary>Seconds until a thing ends, from 1: ten years.</summary>
    public const int MaxTtlSeconds = 10 * 365 * 24 * 3600;

    /// <summary>Seconds that a request may be held until there is something to answer, from 0.</summary>
    public const int MaxWaitSeconds = 60;

    /// <summary>Characters of a model's name, from 1.</summary>
    public const int MaxModelLength = 128;
}
