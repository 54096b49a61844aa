namespace Baton.Server.Platform.Reading;

/// <summary>How much a page of anything may hold.</summary>
internal static class PageBounds
{
    public const int MaxItems = 1000;

    /// <summary>A page ends here even when it has fewer items than were asked for.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;
}
