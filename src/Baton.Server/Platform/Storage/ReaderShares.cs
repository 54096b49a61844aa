namespace Baton.Server.Platform.Storage;

/// <summary>
/// Leaves some of the database's readers to the others, whatever one workspace reads: the reads that take long, lists,
/// searches and pages of the ledger, go through here. Safe for concurrent use.
/// </summary>
internal sealed class ReaderShares(IDatabase database)
{
    /// <summary>
    /// Of all readers, how many one workspace may have at once: nearly all for one that is alone, which waits for the
    /// machine and not for readers, and room for the short reads of the others.
    /// </summary>
    const int SharePercent = 75;

    readonly WorkspacePlaces _places = new(Math.Max(1, database.ReaderCount * SharePercent / 100));

    public WorkspaceReads Of(string workspaceId) => new(database, _places, workspaceId);
}
