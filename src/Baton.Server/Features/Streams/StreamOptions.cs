using Baton.Server.Platform.Basics;

namespace Baton.Server.Features.Streams;

/// <summary>
/// The limits of streams that are fixed; the bytes of a workspace and of a body are set by an operator, in
/// <see cref="BatonOptions"/>. docs/limits.md tells what happens beyond each.
/// </summary>
internal static class StreamOptions
{
    /// <summary>
    /// Seconds of `ttl` and `retention_seconds` of a stream, and of `extra_time`, from 1: ten years. An extended stream
    /// ends no later than so many seconds from then.
    /// </summary>
    public const long MaxTtlSeconds = 10L * 365 * 24 * 3600;

    /// <summary>Entries that `max_entries` of a stream can ask for, from 1.</summary>
    public const long MaxMaxEntries = 10_000_000;

    /// <summary>Entries of one append, from 1.</summary>
    public const int MaxBatch = 1000;

    /// <summary>Characters of the label of an entry, from 1.</summary>
    public const int MaxLabelLength = 128;

    /// <summary>Cursors that one stream keeps, one for each consumer.</summary>
    public const int MaxConsumers = 1000;

    /// <summary>
    /// Bytes that an entry counts besides its `data`, for the bytes of the workspace and for the size of a page.
    /// </summary>
    public const int EntryOverheadBytes = 128;

    /// <summary>
    /// Entries that are no longer kept and are erased by one commit of the due-queue; so many are not left to wait for
    /// <see cref="EraseDelaySeconds"/>.
    /// </summary>
    public const int EraseStepCount = 500;

    /// <summary>
    /// Seconds after which entries that are no longer kept are erased at the latest, while the server runs. Readers see
    /// them no more at once.
    /// </summary>
    public const long EraseDelaySeconds = 60;

    /// <summary>
    /// Parts of the `ttl` of a stream with `renew_on_access`: its end is moved when one of them is over, not with every
    /// access.
    /// </summary>
    public const int RenewalsPerTtl = 10;
}
