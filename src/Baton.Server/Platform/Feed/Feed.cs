using System.Collections.Concurrent;
using System.Threading.Channels;
using Baton.Server.Platform.Ledger;

namespace Baton.Server.Platform.Feed;

/// <summary>Tells followers what was committed. The lane only notes it down; a task of its own wakes them.</summary>
internal sealed class Feed(LedgerReader ledger)
{
    readonly ConcurrentDictionary<string, WorkspaceFeed> _workspaces = new();

    // At most one item per workspace is in it, so it is bounded by their number.
    readonly Channel<WorkspaceFeed> _toDispatch = Channel.CreateUnbounded<WorkspaceFeed>(
        new UnboundedChannelOptions { SingleReader = true });

    /// <summary>The newest commit that readers see.</summary>
    public long Head(string workspaceId) => Of(workspaceId).Head;

    public void StartAt(string workspaceId, long head) => Of(workspaceId).StartAt(head);

    /// <summary>The lane's: these entries of one workspace are durable.</summary>
    public void Publish(string workspaceId, ReadOnlySpan<FeedEntry> entries)
    {
        var feed = Of(workspaceId);
        if (feed.Add(entries)) _toDispatch.Writer.TryWrite(feed);
    }

    public Subscription Subscribe(string workspaceId, FeedFilter filter) => Of(workspaceId).Subscribe(filter);

    /// <summary>Entries after a place, at most about `limit`, always to the end of a commit.</summary>
    public async ValueTask<List<FeedEntry>> ReadAsync(
        string workspaceId, long after, int limit, CancellationToken cancellation)
    {
        var feed = Of(workspaceId);
        var entries = new List<FeedEntry>();
        var head = feed.Head;
        if (after >= head || feed.TryReadRecent(after, limit, entries)) return entries;
        entries = await ledger.ReadAsync(workspaceId, after, limit, cancellation);
        // What is committed but not yet published is beyond the head: a cursor must not get there before it.
        while (entries.Count > 0 && entries[^1].Seq > head) entries.RemoveAt(entries.Count - 1);
        return entries;
    }

    public void WakeEveryone()
    {
        foreach (var feed in _workspaces.Values) feed.WakeEveryone();
    }

    /// <summary>Wakes followers until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var feed in _toDispatch.Reader.ReadAllAsync(cancellation)) feed.Dispatch();
    }

    WorkspaceFeed Of(string workspaceId) =>
        _workspaces.TryGetValue(workspaceId, out var known)
            ? known
            : _workspaces.GetOrAdd(workspaceId, static _ => new WorkspaceFeed());
}
