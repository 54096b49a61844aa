using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Commits.Lane.RowSets;

/// <summary>
/// Finds, inside the transaction, what an operation needs to know and cannot name by a key or a range. It keeps the
/// result in the operation. It may run again, because the lane decides anew after it has made room on a full disk.
/// </summary>
/// <param name="session">Sees what the batch has changed so far.</param>
/// <param name="now">The lane's time, as Decide will have it.</param>
internal delegate ValueTask RowQuery(ReadSession session, long now);
