using Baton.Server.Platform.Basics;

namespace Baton.Server.Features.Streams;

/// <summary>
/// The limits of streams that are fixed; the bytes of a workspace and of a body are set by an operator, in
/// <see cref="BatonOptions"/>. docs/limits.md tells what happens beyond each.
/// </summary>
internal static class StreamOptions
{
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
