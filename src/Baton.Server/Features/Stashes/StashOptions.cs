using Baton.Server.Platform.Basics;

namespace Baton.Server.Features.Stashes;

/// <summary>
/// The limits of stashes: those that an operator sets (see <see cref="BatonOptions"/> for default and range),
/// and those that are fixed. docs/limits.md tells what happens beyond each.
/// </summary>
/// <param name="MaxBytes">Bytes of one stash's content, however it is made.</param>
/// <param name="Versions">Versions kept of each stash, the newest among them.</param>
/// <param name="WorkspaceBytes">
/// Bytes of all that a workspace holds, not of stashes alone. Beyond it only a write that makes a stash smaller is
/// taken.
/// </param>
internal sealed record StashOptions(long MaxBytes, long Versions, long WorkspaceBytes)
{
    /// <summary>
    /// Bytes that the result of an append or replace may have to be made in the lane, where nothing comes between. A
    /// larger one is made beside the lane, so that others need not wait, and again when the stash has changed
    /// meanwhile.
    /// </summary>
    public const int MaxLaneBytes = 64 * 1024;
}
