using Baton.Contracts.Requests;

namespace Baton.Server.Platform.Reading.Pages;

/// <summary>How much a page of anything may hold, and how much is looked at for it.</summary>
internal static class PageBounds
{
    public const int MaxItems = PageRequest.MaxLimit;

    /// <summary>A page ends here even when it has fewer items than were asked for.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Rows that one request of a list looks at, when its filters leave most of them out.</summary>
    public const int MaxScanned = 10_000;

    /// <summary>Rows that are read at once: a step, but the first, is never larger.</summary>
    public const int MaxStep = 1000;
}
