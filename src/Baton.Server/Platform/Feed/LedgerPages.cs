using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Ledger;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Feed;

/// <summary>
/// Pages of the ledger for readers who are behind what the feed has in memory. A thousand followers who fell behind
/// together want the same pages. So each page is read only once or twice, and only a few readers of one workspace read
/// at a time: otherwise they would take every thread from everybody else. Safe for concurrent use.
/// </summary>
internal sealed class LedgerPages(LedgerReader ledger)
{
    /// <summary>The readers of one workspace that may read at once; the others wait for their turn.</summary>
    const int ReadersAtOnce = 2;

    /// <summary>The number of pages that are kept, of all workspaces together: those that were read last.</summary>
    const int KeptPages = 16;

    readonly WorkspaceSlots _slots = new(ReadersAtOnce);
    readonly Lock _lock = new();

    // Used under _lock. The newest page overwrites the oldest.
    readonly Page?[] _kept = new Page?[KeptPages];
    int _next;

    // Counts under _lock how often history went back: a page that was read before that is not kept after it.
    long _histories;

    /// <summary>
    /// Entries after a place up to the head, at most about `limit`, to the end of a commit. Shared by all who read
    /// them: not to be changed.
    /// </summary>
    public async ValueTask<IReadOnlyList<FeedEntry>> ReadAsync(
        string workspaceId, long after, int limit, long head, CancellationToken cancellation)
    {
        using var slot = await _slots.EnterAsync(workspaceId, cancellation);
        // The reader continues behind everything that waits for a thread. Otherwise one reader after the other would go
        // before all others.
        await Task.Yield();
        if (Find(workspaceId, after, limit, out var histories) is { } known) return known.Entries;
        var entries = await ledger.ReadAsync(workspaceId, after, limit, cancellation);
        // Entries that are committed but not published yet are beyond the head. They are left out, because a cursor
        // must not get ahead of the head.
        while (entries.Count > 0 && entries[^1].Seq > head) entries.RemoveAt(entries.Count - 1);
        // Only a full page is kept: another one may have more entries the next time.
        if (entries.Count >= limit) Keep(new Page(workspaceId, after, limit, entries), histories);
        return entries;
    }

    /// <summary>
    /// Forgets the pages of a workspace whose history has gone back: its seqs are given to other entries.
    /// </summary>
    public void Forget(string workspaceId)
    {
        lock (_lock)
        {
            _histories++;
            for (var at = 0; at < _kept.Length; at++)
            {
                if (_kept[at]?.WorkspaceId == workspaceId) _kept[at] = null;
            }
        }
    }

    Page? Find(string workspaceId, long after, int limit, out long histories)
    {
        lock (_lock)
        {
            histories = _histories;
            return Array.Find(
                _kept, page => page?.After == after && page.Limit == limit && page.WorkspaceId == workspaceId);
        }
    }

    void Keep(Page page, long histories)
    {
        lock (_lock)
        {
            if (histories != _histories) return;
            _kept[_next] = page;
            _next = (_next + 1) % KeptPages;
        }
    }

    sealed record Page(string WorkspaceId, long After, int Limit, IReadOnlyList<FeedEntry> Entries);
}
