namespace Baton.Server.Features.Stashes.Versions;

/// <summary>A version's place in the log of versions: the seq that wrote it.</summary>
/// <param name="Seq">The key of its row.</param>
/// <param name="GoesAtOnce">
/// Its row is erased as soon as it is no longer kept, because it is large or was made of other things; other rows are
/// erased many at a time.
/// </param>
internal readonly record struct HistoryEntry(long Seq, bool GoesAtOnce);
