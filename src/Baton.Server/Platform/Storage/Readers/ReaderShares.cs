namespace Baton.Server.Platform.Storage.Readers;

/// <summary>
/// Bounds the readers of the database that one workspace uses at once, so that some are left to the others. The reads
/// that take long go through here: lists, searches and pages of the ledger. Safe for concurrent use.
/// </summary>
internal sealed class ReaderShares(IDatabase database)
{
    /// <summary>
    /// The part of all readers that one workspace may have at once. It is large: a workspace that is alone is then
    /// slowed by the machine and not by this bound, and there is still room for the short reads of the others.
    /// </summary>
    const int SharePercent = 75;

    readonly WorkspaceSlots _slots = new(Math.Max(1, database.ReaderCount * SharePercent / 100));

    public WorkspaceReads Of(string workspaceId) => new(database, _slots, workspaceId);
}
