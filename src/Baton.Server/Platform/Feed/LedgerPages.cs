using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Ledger;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Feed;

/// <summary>
/// Pages of the ledger for readers who are behind what the feed has in memory. A thousand followers who fell behind
/// together want the same pages: each is read once or twice, and few of one workspace read at a time, or they would
/// take every thread from everybody else for as long as it takes. Safe for concurrent use.
/// </summary>
internal sealed class LedgerPages(LedgerReader ledger)
{
    /// <summary>Readers of one workspace who read at once; the others wait for their turn.</summary>
    const int ReadersAtOnce = 2;

    /// <summary>The pages read last, of all workspaces together.</summary>
    const int KeptPages = 16;

    readonly WorkspacePlaces _places = new(ReadersAtOnce);
    readonly Lock _lock = new();

    // Under _lock: the newest overwrites the oldest.
    readonly Page?[] _kept = new Page?[KeptPages];
    int _next;

    // Under _lock: what was read before history went back is not kept after it.
    long _histories;

    /// <summary>
    /// Entries after a place up to the head, at most about `limit`, to the end of a commit. Shared by all who read
    /// them: not to be changed.
    /// </summary>
    public async ValueTask<IReadOnlyList<FeedEntry>> ReadAsync(
        string workspaceId, long after, int limit, long head, CancellationToken cancellation)
    {
        using var place = await _places.EnterAsync(workspaceId, cancellation);
        // Behind whatever waits for a thread: else one reader after the other would go before all others.
        await Task.Yield();
        if (Find(workspaceId, after, limit, out var histories) is { } known) return known.Entries;
        var entries = await ledger.ReadAsync(workspaceId, after, limit, cancellation);
        // What is committed but not yet published is beyond the head: a cursor must not get there before it.
        while (entries.Count > 0 && entries[^1].Seq > head) entries.RemoveAt(entries.Count - 1);
        // A full page stays what it is; another may have more entries the next time.
        if (entries.Count >= limit) Keep(new Page(workspaceId, after, limit, entries), histories);
        return entries;
    }

    /// <summary>The workspace's history has gone back: other entries may come in these places.</summary>
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
