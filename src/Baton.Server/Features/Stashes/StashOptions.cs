namespace Baton.Server.Features.Stashes;

/// <summary>The limits of stashes.</summary>
/// <param name="MaxBytes">Content of one stash.</param>
/// <param name="Versions">Versions kept of each, the newest among them; 1 to 100.</param>
/// <param name="WorkspaceBytes">Newest content of all stashes of a workspace.</param>
internal sealed record StashOptions(long MaxBytes, long Versions, long WorkspaceBytes)
{
    /// <summary>Ten years.</summary>
    public const long MaxTtlSeconds = 10L * 365 * 24 * 3600;

    public const int MaxContentTypeLength = 255;

    /// <summary>
    /// Changes that depend on the content are decided in the lane up to this size, outside it beyond.
    /// </summary>
    public const int MaxLaneBytes = 64 * 1024;
}
