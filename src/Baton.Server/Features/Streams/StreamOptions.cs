namespace Baton.Server.Features.Streams;

/// <summary>The limits of streams. Those that a workspace's operator can set stand in BatonOptions.</summary>
internal static class StreamOptions
{
    /// <summary>Ten years.</summary>
    public const long MaxTtlSeconds = 10L * 365 * 24 * 3600;

    public const long MaxMaxEntries = 10_000_000;

    /// <summary>Entries of one append.</summary>
    public const int MaxBatch = 1000;

    public const int MaxLabelLength = 128;

    /// <summary>Cursors that a stream keeps.</summary>
    public const int MaxConsumers = 1000;

    /// <summary>An entry counts as its data and so many bytes more.</summary>
    public const int EntryOverheadBytes = 128;

    /// <summary>Entries erased in one step.</summary>
    public const int EraseStepCount = 500;

    /// <summary>What is no longer kept is erased after so many seconds at the latest, while the server runs.</summary>
    public const long EraseDelaySeconds = 60;

    /// <summary>With `renew_on_access`: the end is moved when so large a part of the ttl is over.</summary>
    public const int RenewalsPerTtl = 10;
}
