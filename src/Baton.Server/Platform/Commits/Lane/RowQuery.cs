using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Commits.Lane;

/// <summary>
/// Finds, inside the transaction, what an operation needs to know and no key or range names. Keeps what it finds in the
/// operation. It may run again: the lane decides anew when a full disk has made room.
/// </summary>
/// <param name="session">Sees what the batch has changed so far.</param>
/// <param name="now">The lane's time, as Decide will have it.</param>
internal delegate ValueTask RowQuery(ReadSession session, long now);
